import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import type { ExportedLists } from '../dtos/exported-data.dto.js';
import { PersonalData } from '../personal-data.js';

/** The position after which a page begins, by the list's `cursorKey`. A list without one starts at the beginning. */
export type ExportPosition = Record<string, string | number>;

export interface ExportPage {
  lists: ExportedLists;
  /** Where the next page begins; null on the last page. */
  next: ExportPosition | null;
}

/** Reads everything that is stored about a learner, page by page. */
@Injectable()
export class ExportProxy {
  constructor(
    private readonly database: Database,
    private readonly personal: PersonalData,
  ) {}

  /**
   * Reads up to `limit` entries of each list, fewer where they hold many ranges. One list after the other, so that an
   * export takes only one connection.
   */
  async page(userId: string, after: ExportPosition, limit: number): Promise<ExportPage> {
    const lists: ExportedLists = {
      ...{ records: [], courses: [], certificates: [] },
      ...{ sessions: [], clock: [], idempotency_keys: [], days: [] },
    };
    const next = { ...after };
    let isMore = false;
    for (const { exported } of this.personal.tables) {
      if (!exported) continue;
      const { cursorKey, beginning } = exported;
      const read = await exported.read(
        (statement, values) => this.database.query(statement, values),
        { userId, after: after[cursorKey] ?? beginning, limit },
        lists,
      );
      // A list that has ended keeps its position.
      if (read === null) continue;
      next[cursorKey] = read.last;
      isMore ||= read.isMore;
    }
    return { lists, next: isMore ? next : null };
  }
}
