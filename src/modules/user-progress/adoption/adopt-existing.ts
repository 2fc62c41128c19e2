import { Logger } from '@nestjs/common';
import { uuidv7 } from 'uuidv7';
import type { Session } from '../../../common/database/session.js';
import type { Takeover } from '../../../common/database/migrate.js';
import type { Environment } from '../../../config/environment.js';
import { mergeOriginals, type AdoptedRecord } from './merge-originals.js';
import { AdoptionProxy, type Inspection } from './proxy/adoption.proxy.js';
import { ORIGINAL_TABLE } from './proxy/sql/original-table.js';

/** Rows of one transaction, which takes about a tenth of a second. */
const PORTION = 5_000;
const TELL_EVERY_MS = 5_000;
const ORPHANS_SHOWN = 20;

/** The database holds the original service's table, but adopting it was not configured. */
export class ExistingTableError extends Error {
  constructor({ rows, learners, records, whole }: Inspection) {
    super(
      `The database holds the original service's table user_progress: ${rows} rows of ${learners} learners. ` +
        `Nothing was changed. With ADOPT_EXISTING=true it is kept as ${ORIGINAL_TABLE}, and ${records} records are ` +
        `imported from it (${whole - records} rows are duplicates, ${rows - whole} lack a learner, lesson or course). ` +
        `See docs/adoption.md; npm run adopt -- --dry-run shows more.`,
    );
    this.name = 'ExistingTableError';
  }
}

/** The imported records do not match the original's table. That table is still there. */
class AdoptionError extends Error {
  override readonly name = 'AdoptionError';
}

/**
 * Adopts the original service's table before this service serves. It is moved aside before the migrations and imported
 * after them, learner by learner, in portions. Each portion stores its position, so when a process dies, another one
 * continues there.
 */
export class AdoptExisting implements Takeover {
  private readonly logger = new Logger('Adoption');

  constructor(
    private readonly settings: Pick<
      Environment,
      'ADOPT_EXISTING' | 'ADOPT_TIME_ZONE' | 'ADOPT_CERTIFICATES'
    >,
  ) {}

  async isPending(session: Session): Promise<boolean> {
    const proxy = new AdoptionProxy(session);
    const { found, movedAside, notable } = await proxy.find();
    if (found || (movedAside && !notable)) return true;
    if (!movedAside) return false;
    const state = await proxy.state();
    return state === null || state.finishedAt === null;
  }

  /** @throws ExistingTableError and changes nothing when adopting was not configured */
  async beforeMigrations(session: Session): Promise<void> {
    const proxy = new AdoptionProxy(session);
    const { found } = await proxy.find();
    if (!found) return;
    const inspection = await proxy.inspect('user_progress');
    if (!this.settings.ADOPT_EXISTING) throw new ExistingTableError(inspection);
    await proxy.checkTimeZone(this.settings.ADOPT_TIME_ZONE);
    this.logger.log({ msg: 'the original’s table is moved aside', ...inspection });
    await proxy.moveAside();
  }

  /** @throws AdoptionError when the imported records do not match the original's rows */
  async afterMigrations(session: Session): Promise<void> {
    const proxy = new AdoptionProxy(session);
    if (!(await this.isPending(session))) return;
    await proxy.begin(this.settings.ADOPT_TIME_ZONE, this.settings.ADOPT_CERTIFICATES);
    // Reads the whole table, which does not change any more: once is enough.
    const inspection = await proxy.inspect(ORIGINAL_TABLE);
    await this.importAll(proxy, inspection);
    await this.verify(proxy, inspection);
    await proxy.finish();
  }

  private async importAll(proxy: AdoptionProxy, { records: total }: Inspection): Promise<void> {
    const { timeZone, position, records } = (await proxy.state())!;
    let after = position ?? '';
    let imported = records;
    let toldAt = performance.now();
    for (;;) {
      const rows = await proxy.portion(after, PORTION, timeZone);
      if (rows.length === 0) return;
      after = rows.reduce((last, { userId }) => (userId > last ? userId : last), after);
      imported += await this.importRecords(proxy, mergeOriginals(rows), after);
      if (performance.now() - toldAt < TELL_EVERY_MS) continue;
      toldAt = performance.now();
      this.logger.log({ msg: 'records are imported', imported, total });
    }
  }

  /** Ids of the original that differ only in case are the same UUID: the later record gets a new id. */
  private async importRecords(
    proxy: AdoptionProxy,
    records: AdoptedRecord[],
    lastUserId: string,
  ): Promise<number> {
    if (await proxy.import(records, lastUserId)) return records.length;
    const taken = await proxy.takenIds(records.map(({ id }) => id));
    const renamed = records.map((record) => {
      const isTaken = taken.has(record.id);
      taken.add(record.id);
      return isTaken ? { ...record, id: uuidv7() } : record;
    });
    if (await proxy.import(renamed, lastUserId)) return renamed.length;
    throw new AdoptionError(
      'Records of the original could not be imported: they are there already.',
    );
  }

  private async verify(proxy: AdoptionProxy, { rows, whole, records }: Inspection): Promise<void> {
    const verified = await proxy.verify();
    if (verified.different > 0 || verified.rollupsDifferent > 0) {
      throw new AdoptionError(
        `After the import ${verified.different} of ${verified.records} records are not as the original's rows say, ` +
          `and ${verified.rollupsDifferent} rollups are not the sum of their records.`,
      );
    }
    const orphans = rows - whole;
    this.logger.log({ msg: 'adopted', rows, records, duplicates: whole - records, orphans });
    if (orphans === 0) return;
    this.logger.warn({
      msg: 'rows of the original were not imported: no learner, lesson or course',
      orphans,
      first: await proxy.orphans(ORIGINAL_TABLE, ORPHANS_SHOWN),
    });
  }
}
