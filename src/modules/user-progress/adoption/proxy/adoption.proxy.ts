import type { Session } from '../../../../common/database/session.js';
import type { AdoptedRecord, OriginalRow } from '../merge-originals.js';
import {
  adoptionState,
  beginAdoption,
  checkTimeZone,
  finishAdoption,
} from './sql/adoption-state.js';
import { importRecords, takenIds } from './sql/import-records.js';
import {
  BY_USER,
  findOriginal,
  indexesOf,
  inspectOriginal,
  ORIGINAL_TABLE,
  originalPortionEnd,
  originalRows,
  orphansOf,
  verifyAdoption,
  type OriginalName,
} from './sql/original-table.js';

/** The contents of the original's table. */
export interface Inspection {
  rows: number;
  learners: number;
  courses: number;
  /** Rows with a learner, a lesson and a course. */
  whole: number;
  /** Pairs of learner and lesson among those rows: each becomes one record. */
  records: number;
}

export interface AdoptionState {
  timeZone: string;
  /** The last learner whose records are imported; null before the first. */
  position: string | null;
  records: number;
  finishedAt: Date | null;
}

export interface Verification {
  records: number;
  /** How many pairs of learner and lesson do not match the original's rows. */
  different: number;
  rollupsDifferent: number;
}

/** The statements of an adoption, on a connection of its own: the service does not serve yet. */
export class AdoptionProxy {
  constructor(private readonly session: Session) {}

  async find(): Promise<{ found: boolean; movedAside: boolean; notable: boolean }> {
    const [row] = await this.session.query(findOriginal);
    return row!;
  }

  /** Renames the table and its indexes, so that ours can have their names. The rows stay. */
  async moveAside(): Promise<void> {
    const indexes = await this.session.query(indexesOf, ['user_progress']);
    await this.session.transaction(async () => {
      await this.session.execute(`ALTER TABLE user_progress RENAME TO ${ORIGINAL_TABLE}`);
      for (const { name } of indexes) {
        await this.session.execute(
          `ALTER INDEX ${quoted(name)} RENAME TO ${quoted(`original_${name}`)}`,
        );
      }
      await this.session.execute(`CREATE INDEX original_by_user ON ${ORIGINAL_TABLE} (${BY_USER})`);
      return true;
    });
  }

  async inspect(table: OriginalName): Promise<Inspection> {
    const [row] = await this.session.query(inspectOriginal(table));
    return row!;
  }

  orphans(
    table: OriginalName,
    limit: number,
  ): Promise<
    { id: string; userId: string | null; lessonId: string | null; courseId: string | null }[]
  > {
    return this.session.query(orphansOf(table), [limit]);
  }

  /** @throws the database's error when there is no such time zone */
  async checkTimeZone(timeZone: string): Promise<void> {
    await this.session.query(checkTimeZone, [timeZone]);
  }

  async begin(timeZone: string, certificates: string): Promise<void> {
    await this.session.query(beginAdoption, [timeZone, certificates]);
  }

  async state(): Promise<AdoptionState | null> {
    return (await this.session.query(adoptionState))[0] ?? null;
  }

  /** All rows of the next learners after `after`, about `size` rows; none at the end. */
  async portion(after: string, size: number, timeZone: string): Promise<OriginalRow[]> {
    const [end] = await this.session.query(originalPortionEnd, [after, size - 1]);
    return this.session.query(originalRows, [after, end?.userId ?? null, timeZone]);
  }

  /** @returns false, and imports nothing, when the id of one of the records is taken. */
  async import(records: readonly AdoptedRecord[], lastUserId: string): Promise<boolean> {
    return this.session.transaction(async () => {
      const [row] = await this.session.query(importRecords, [JSON.stringify(records), lastUserId]);
      return row!.imported === records.length;
    });
  }

  async takenIds(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.session.query(takenIds, [ids]);
    return new Set(rows.map(({ id }) => id));
  }

  async verify(): Promise<Verification> {
    await this.session.execute('ANALYZE user_progress, course_progress');
    const [row] = await this.session.query(verifyAdoption);
    return row!;
  }

  async finish(): Promise<void> {
    await this.session.query(finishAdoption);
  }

  async dropOriginal(): Promise<void> {
    await this.session.execute(`DROP TABLE IF EXISTS ${ORIGINAL_TABLE}`);
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
