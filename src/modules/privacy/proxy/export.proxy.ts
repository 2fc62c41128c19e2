import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { ExportedLists } from '../dtos/exported-data.dto.js';
import { PersonalData } from '../personal-data.js';

/** Behind which entry of each list a page begins, by the list's `cursorKey`; a list that is not there begins. */
export type ExportPosition = Record<string, string | number>;

export interface ExportPage {
  lists: ExportedLists;
  /** Where the next page begins; null where there is none. */
  next: ExportPosition | null;
}

/** Everything that is known of a learner, page by page. */
@Injectable()
export class ExportProxy {
  constructor(
    private readonly database: Database,
    private readonly personal: PersonalData,
  ) {}

  /** Up to `limit` entries of each list; one list after the other, so as to take one connection and no more. */
  async page(userId: string, after: ExportPosition, limit: number): Promise<ExportPage> {
    const lists: ExportedLists = {
      ...{ records: [], courses: [], certificates: [] },
      ...{ sessions: [], clock: [], idempotency_keys: [] },
    };
    const next = { ...after };
    for (const { exported } of this.personal.tables) {
      if (!exported) continue;
      const { cursorKey, beginning } = exported;
      const last = await exported.read(
        (statement, values) => this.database.query(statement, values),
        { userId, after: after[cursorKey] ?? beginning, limit },
        lists,
      );
      // A list that is at its end stays there.
      if (last !== null) next[cursorKey] = last;
    }
    const isMore = Object.values<unknown[]>(lists).some(({ length }) => length === limit);
    return { lists, next: isMore ? next : null };
  }
}
