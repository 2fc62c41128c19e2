const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Crockford's base 32. 26 characters have 130 bits, an id has 128, so the first character holds only three bits. */
const ULID = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/i;
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The id of a record as it is stored: a UUID in lower case. Ids of the original service were ULIDs: the same 128 bits
 * in another notation. They are accepted wherever an id is given.
 * @returns null when it is not an id of a record.
 */
export function recordId(given: string): string | null {
  if (UUID.test(given)) return given.toLowerCase();
  return ULID.test(given) ? uuidOf(given.toUpperCase()) : null;
}

function uuidOf(ulid: string): string {
  let bits = 0n;
  for (const character of ulid) bits = (bits << 5n) | BigInt(DIGITS.indexOf(character));
  const hex = bits.toString(16).padStart(32, '0');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
