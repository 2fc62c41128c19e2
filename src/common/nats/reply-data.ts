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

/**
 * Whether a record is the one with that id: a record without an id is taken for it. `respelled`: its id has other upper
 * or lower case letters. Ids are compared letter by letter everywhere, so there is no record with the id as it was asked.
 */
export function matchOf(
  record: Record<string, unknown>,
  id: string,
): 'same' | 'respelled' | 'another' {
  const ids = idsOf(record);
  if (ids.length === 0 || ids.includes(id)) return 'same';
  const lower = id.toLowerCase();
  return ids.some((other) => other.toLowerCase() === lower) ? 'respelled' : 'another';
}

/** An id in a peer's form: a text, or MongoDB's `{ "$oid": … }`. Null when it is not a valid id. */
export function readId(value: unknown): string | null {
  const id = isRecord(value) ? value['$oid'] : value;
  return isId(id) ? id : null;
}

const DECIMAL = /^[+-]?\d{1,15}(\.\d{0,15})?$/;
const MONGO_NUMBERS = ['$numberInt', '$numberLong', '$numberDouble', '$numberDecimal'];

/** A number in a peer's form: a number, a decimal text such as `'600.0'`, or MongoDB's. Null when it is none. */
export function readNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string') {
    const text = value.trim();
    return DECIMAL.test(text) ? Number(text) : null;
  }
  if (!isRecord(value)) return null;
  const inside = MONGO_NUMBERS.map((name) => value[name]).find((number) => number !== undefined);
  return isRecord(inside) ? null : readNumber(inside);
}
