import { SealedCursor } from '../../common/graphql/sealed-cursor.js';
import type { ExportPosition } from './proxy/export.proxy.js';

/** Cursors of an export: one position in each of its lists, for one asker and one learner. */
export class ExportCursor {
  private readonly cursors: SealedCursor;

  constructor(secret: string) {
    this.cursors = new SealedCursor(secret, 'user data export cursor');
  }

  seal(position: ExportPosition, askerId: string, userId: string): string {
    return this.cursors.seal(Buffer.from(JSON.stringify(position)), [askerId, userId]);
  }

  /** @throws BadUserInputError `cursorInvalid` */
  open(cursor: string, askerId: string, userId: string): ExportPosition {
    return JSON.parse(this.cursors.open(cursor, [askerId, userId]).toString()) as ExportPosition;
  }
}
