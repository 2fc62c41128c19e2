import { randomBytes } from 'node:crypto';

/** A new id of the form that users have (ULID-like). */
export const userId = (): string => `01${randomBytes(12).toString('hex').toUpperCase()}`;

/** A new id of the form that courses and lessons have (ObjectId). */
export const objectId = (): string => randomBytes(12).toString('hex');

const ULID_DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A UUID as the ULID of the same 128 bits: the original service's form of record ids. */
export function ulidOf(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let ulid = '';
  for (let place = 0; place < 26; place += 1) {
    ulid = ULID_DIGITS[Number(rest % 32n)]! + ulid;
    rest /= 32n;
  }
  return ulid;
}
