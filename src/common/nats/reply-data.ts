import { isRecord } from '../is-record.js';

/** The id of a record, which peers keep under `_id` or `id`. */
export function idOf(record: Record<string, unknown>): string | null {
  return idsOf(record)[0] ?? null;
}

/** The ids of a record: some peers give it one under `_id` and another under `id`. */
export function idsOf(record: Record<string, unknown>): string[] {
  return [record['_id'], record['id']].map(readId).filter((id) => id !== null);
}

/** An id as a peer writes it, a text or MongoDB's `{ "$oid": … }`. Null when it has not the form of an id. */
export function readId(value: unknown): string | null {
  const id = isRecord(value) ? value['$oid'] : value;
  return typeof id === 'string' && ID_FORM.test(id) ? id : null;
}

const ID_FORM = /^[A-Za-z0-9_-]{1,26}$/;
