import { SealedCursor } from './sealed-cursor.js';

/** The secret that seals all cursors: the same in every process, and used for nothing else. */
export class CursorSecret {
  /** @param secret about 32 random bytes */
  constructor(private readonly secret: string | Buffer) {}

  /** @param list the list that the cursors belong to. Cursors of another list are refused. */
  cursorsOf(list: string): SealedCursor {
    return new SealedCursor(this.secret, list);
  }
}
