import { SealedCursor } from './sealed-cursor.js';

/** What all cursors are sealed with: the same in every process, and a credential of nothing else. */
export class CursorSecret {
  /** @param secret some 32 bytes that nobody outside knows */
  constructor(private readonly secret: string | Buffer) {}

  /** @param list which list the cursors are of: another list's are refused. */
  cursorsOf(list: string): SealedCursor {
    return new SealedCursor(this.secret, list);
  }
}
