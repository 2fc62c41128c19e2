import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ulidOf } from '../../../test/for-specs.ts';
import { recordId } from './record-id.js';

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
