import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Database } from '../../../common/database/database.js';
import { cleanText } from '../../../common/text/foreign-text.js';
import type { UnreadEvent } from '../unread-event.js';
import { countUnreadEvents, keepUnreadEvent } from './sql/unread-events.js';

/** Characters of an event that are kept. */
const BODY_LENGTH = 4_000;

/** Stores events that nobody understands. */
@Injectable()
export class UnreadEventProxy {
  constructor(private readonly database: Database) {}

  /** Stores an event once, however often it is heard. @returns false when too many are stored already. */
  async keep({ subject, body, reason }: UnreadEvent): Promise<boolean> {
    const hash = createHash('sha256').update(`${subject} `).update(body).digest();
    const text = cleanText(new TextDecoder().decode(body), BODY_LENGTH);
    const [row] = await this.database.query(keepUnreadEvent, [hash, subject, text, reason]);
    return row!.kept;
  }

  async count(): Promise<number> {
    const [row] = await this.database.query(countUnreadEvents, []);
    return row!.events;
  }
}
