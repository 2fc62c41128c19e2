import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { BadUserInputError } from '../errors/service-error.js';

const SEAL_BYTES = 16;

/**
 * Cursors that hold the entry of a list after which the next page begins. Each is sealed together with its purpose (the
 * filter, the person). With another purpose it is refused, so that a cursor never opens another person's list.
 */
export class SealedCursor {
  private readonly key: Buffer;

  /** @param list the list that the cursors belong to. Cursors of another list are refused. */
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
      // Base64 decoding is lenient. Accept only the exact text that was given out.
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
