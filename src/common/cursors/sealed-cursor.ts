import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { BadUserInputError } from '../errors/service-error.js';

const SEAL_BYTES = 16;

/**
 * Cursors that say behind which entry of a list to go on, sealed with what they were made for (the filter, the
 * person): with anything else they are refused, so that a cursor never carries anybody into another's list.
 */
export class SealedCursor {
  private readonly key: Buffer;

  /** @param list which list the cursors are of: another list's are refused. */
  constructor(secret: string | Buffer, list: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', list, 32));
  }

  seal(position: Buffer, madeFor: readonly unknown[]): string {
    return Buffer.concat([this.mac(position, madeFor), position]).toString('base64url');
  }

  /** @throws BadUserInputError `cursorInvalid` */
  open(cursor: string, madeFor: readonly unknown[]): Buffer {
    const bytes = Buffer.from(cursor, 'base64url');
    const position = bytes.subarray(SEAL_BYTES);
    if (
      position.length === 0 ||
      // Decoding is lenient: only the text that was given out is taken.
      bytes.toString('base64url') !== cursor ||
      !timingSafeEqual(bytes.subarray(0, SEAL_BYTES), this.mac(position, madeFor))
    ) {
      throw new BadUserInputError('cursorInvalid');
    }
    return position;
  }

  private mac(position: Buffer, madeFor: readonly unknown[]): Buffer {
    return createHmac('sha256', this.key)
      .update(JSON.stringify(madeFor))
      .update('\0')
      .update(position)
      .digest()
      .subarray(0, SEAL_BYTES);
  }
}
