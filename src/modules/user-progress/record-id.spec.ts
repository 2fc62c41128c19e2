import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordId } from './record-id.js';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The inverse, by arithmetic of its own. */
function ulidOf(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let ulid = '';
  for (let place = 0; place < 26; place += 1) {
    ulid = ALPHABET[Number(rest % 32n)]! + ulid;
    rest /= 32n;
  }
  return ulid;
}

it('reads a ULID as the same 128 bits, in either case', () => {
  // From the ULID specification: 01ARZ3NDEKTSV4RRFFQ69G5FAV.
  const uuid = '01563e3a-b5d3-d676-4c61-efb99302bd5b';
  expect(recordId('01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe(uuid);
  expect(recordId('01arz3ndektsv4rrffq69g5fav')).toBe(uuid);
  expect(recordId(uuid.toUpperCase())).toBe(uuid);
});

it('loses no bit of any ULID', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(recordId(ulidOf(uuid))).toBe(uuid);
    }),
  );
});

it('keeps the order of creation', () => {
  expect(recordId('01ARZ3NDEKTSV4RRFFQ69G5FAV')! < recordId('01ARZ3NDEMTSV4RRFFQ69G5FAV')!).toBe(
    true,
  );
});

it.each([
  '',
  'x',
  '81ARZ3NDEKTSV4RRFFQ69G5FAV',
  '01ARZ3NDEKTSV4RRFFQ69G5FAU',
  "01ARZ3'; DROP",
  'U'.repeat(26),
])('takes %j for no id', (given) => {
  expect(recordId(given)).toBeNull();
});
