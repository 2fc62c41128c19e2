import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { keepCursorKey } from './sql/keep-cursor-key.js';
import { selectCursorKey } from './sql/select-cursor-key.js';

const KEY_BYTES = 32;

/** The key of cursors; all processes of one database share it. */
@Injectable()
export class CursorKeyProxy {
  constructor(private readonly database: Database) {}

  /** Returns the key; the first process makes it. @returns 32 bytes */
  async findOrMake(): Promise<Buffer> {
    const [found] = await this.database.query(selectCursorKey, []);
    if (found) return found.key;
    const [kept] = await this.database.query(keepCursorKey, [randomBytes(KEY_BYTES)]);
    return kept!.key;
  }
}
