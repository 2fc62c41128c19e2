import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { BadUserInputError } from '../../common/errors/service-error.js';
import type { RecordFilter } from './proxy/user-progress.proxy.js';

const ID_BYTES = 16;
const SEAL_BYTES = 16;

/**
 * Cursors that say behind which record to go on, sealed with the filter and the person they were made for: with
 * another of either they are refused, so that a cursor never carries anybody into another's list.
 */
export class ProgressCursor {
  private readonly key: Buffer;

  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'user-progress cursor', 32));
  }

  seal(id: string, userId: string, filter: RecordFilter): string {
    const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
    return Buffer.concat([bytes, this.mac(bytes, userId, filter)]).toString('base64url');
  }

  /** @throws BadUserInputError `cursorInvalid` */
  open(cursor: string, userId: string, filter: RecordFilter): string {
    const bytes = Buffer.from(cursor, 'base64url');
    if (bytes.length !== ID_BYTES + SEAL_BYTES) throw new BadUserInputError('cursorInvalid');
    const id = bytes.subarray(0, ID_BYTES);
    if (!timingSafeEqual(bytes.subarray(ID_BYTES), this.mac(id, userId, filter))) {
      throw new BadUserInputError('cursorInvalid');
    }
    return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  private mac(id: Buffer, userId: string, filter: RecordFilter): Buffer {
    const { courseId, lessonId, completed } = filter;
    return createHmac('sha256', this.key)
      .update(id)
      .update(JSON.stringify([userId, filter.userId, courseId, lessonId, completed]))
      .digest()
      .subarray(0, SEAL_BYTES);
  }
}
