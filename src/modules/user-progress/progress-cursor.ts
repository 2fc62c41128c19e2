import { Injectable } from '@nestjs/common';
import { CursorSecret } from '../../common/cursors/cursor-secret.js';
import type { SealedCursor } from '../../common/cursors/sealed-cursor.js';
import type { RecordFilter } from './proxy/user-progress.proxy.js';

/** Cursors of a list of records: the record's id, for one person and filter. */
@Injectable()
export class ProgressCursor {
  private readonly cursors: SealedCursor;

  constructor(secret: CursorSecret) {
    this.cursors = secret.cursorsOf('user-progress cursor');
  }

  seal(id: string, userId: string, filter: RecordFilter): string {
    return this.cursors.seal(Buffer.from(id.replaceAll('-', ''), 'hex'), madeFor(userId, filter));
  }

  /** @throws BadUserInputError `cursorInvalid` */
  open(cursor: string, userId: string, filter: RecordFilter): string {
    const id = this.cursors.open(cursor, madeFor(userId, filter)).toString('hex');
    return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}

const madeFor = (userId: string, filter: RecordFilter): unknown[] => [
  userId,
  filter.userId,
  filter.courseId,
  filter.lessonId,
  filter.completed,
];
