import { Injectable } from '@nestjs/common';
import { CursorSecret } from '../../common/cursors/cursor-secret.js';
import type { SealedCursor } from '../../common/cursors/sealed-cursor.js';
import type { ExportPosition } from './proxy/export.proxy.js';

/** Cursors of an export: one position in each of its lists, for one asker and one learner. */
@Injectable()
export class ExportCursor {
  private readonly cursors: SealedCursor;

  constructor(secret: CursorSecret) {
    this.cursors = secret.cursorsOf('user data export cursor');
  }

  seal(position: ExportPosition, askerId: string, userId: string): string {
    return this.cursors.seal(Buffer.from(JSON.stringify(position)), [askerId, userId]);
  }

  /** @throws BadUserInputError `cursorInvalid` */
  open(cursor: string, askerId: string, userId: string): ExportPosition {
    return JSON.parse(this.cursors.open(cursor, [askerId, userId]).toString()) as ExportPosition;
  }
}
