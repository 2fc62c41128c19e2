import { isId } from '../id.js';
import { isRecord } from '../is-record.js';

/** The id of a record; peers write it as `_id` or `id`. */
export function idOf(record: Record<string, unknown>): string | null {
  return idsOf(record)[0] ?? null;
}

/** The ids of a record: some peers put one into `_id` and another into `id`. */
export function idsOf(record: Record<string, unknown>): string[] {
  return [record['_id'], record['id']].map(readId).filter((id) => id !== null);
}

/** An id in a peer's form: a text, or MongoDB's `{ "$oid": … }`. Null when it is not a valid id. */
export function readId(value: unknown): string | null {
  const id = isRecord(value) ? value['$oid'] : value;
  return isId(id) ? id : null;
}

/**
 * Whether a record is the one that was asked for. `other spelling`: its id differs in upper and lower case only. Ids are
 * compared exactly, so that is no such record: under two spellings, one record would be counted twice.
 */
export function compareId(
  ids: readonly string[],
  asked: string,
): 'same' | 'other spelling' | 'other' {
  if (ids.length === 0 || ids.includes(asked)) return 'same';
  const differ = ids.every((id) => id.toLowerCase() !== asked.toLowerCase());
  return differ ? 'other' : 'other spelling';
}
