import { Injectable } from '@nestjs/common';
import { Database } from '../../../common/database/database.js';
import { Placement } from '../../../common/database/placement/placement.js';
import { LISTED_COLUMNS, type ListedColumn } from '../listed-columns.js';
import { RECORD_COLUMNS } from '../record-columns.js';
import type { ProgressRecord } from '../progress-record.js';
import { LearnerListShapes, type ListShape } from './learner-list-shapes.js';
import { SharedRead } from './shared-read.js';
import { LEARNER_LIST_FILTERS, type LearnerListFilter } from './sql/learner-lists.js';
import type { RecordFilter } from './user-progress.proxy.js';

/** One page of a learner's records. */
export interface LearnerListKey {
  readonly filter: RecordFilter & { userId: string };
  /** Where the page begins: after so many records of an order, or after the record with the id. */
  readonly start: { order: 'oldest' | 'latest'; offset: number } | { order: 'after'; id: string };
  readonly limit: number;
  /** The columns that the records are read with. The others are undefined in them. */
  readonly columns: readonly ListedColumn[];
  readonly withTotal: boolean;
}

export interface LearnerList {
  records: ProgressRecord[];
  /** How many records match, over all pages; null unless it was asked for. */
  total: number | null;
}

/** A statement answers no more lists than this: the first of them wait for the last. */
const LISTS_MAXIMUM = 32;
const FILTERS = Object.keys(LEARNER_LIST_FILTERS) as LearnerListFilter[];
const DATES = new Set(
  LISTED_COLUMNS.filter(
    (name) => name !== 'durationSeconds' && RECORD_COLUMNS[name].column.type === 'timestamptz',
  ),
);

/** Reads lists of learners. Lists of the same shape that concurrent requests ask for share a statement. */
@Injectable()
export class LearnerListsProxy {
  private readonly shapes = new LearnerListShapes();
  private readonly reads = new Map<ListShape, SharedRead<LearnerListKey, LearnerList>>();

  constructor(
    private readonly database: Database,
    private readonly placement: Placement,
  ) {}

  read(key: LearnerListKey): Promise<LearnerList> {
    const filters = FILTERS.filter((name) => key.filter[name] !== undefined);
    const shape = this.shapes.find(key.start.order, filters, key.columns);
    let shared = this.reads.get(shape);
    if (!shared) {
      shared = new SharedRead((keys) => this.readAll(shape, keys), LISTS_MAXIMUM);
      this.reads.set(shape, shared);
    }
    return shared.load(key);
  }

  private async readAll(shape: ListShape, keys: readonly LearnerListKey[]): Promise<LearnerList[]> {
    const asked = keys.map((key, index) => ({ key, index, userId: key.filter.userId }));
    const lists: LearnerList[] = [];
    await this.placement.inEach(asked, async (part) => {
      const rows = await this.database.query(shape.statement, [
        JSON.stringify(part.map(({ key }) => rowOf(key))),
        this.placement.name(part),
      ]);
      rows.forEach(({ total, items }, at) => {
        const { key, index } = part[at]!;
        lists[index] = { records: items.map((values) => recordOf(key, shape, values)), total };
      });
      return rows;
    });
    return lists;
  }
}

function rowOf({ filter, start, limit, withTotal }: LearnerListKey): object {
  return {
    user_id: filter.userId,
    total: withTotal,
    lim: limit,
    off: start.order === 'after' ? 0 : start.offset,
    ...(start.order === 'after' && { after_id: start.id }),
    ...Object.fromEntries(FILTERS.map((name) => [LEARNER_LIST_FILTERS[name][0], filter[name]])),
  };
}

function recordOf(
  { filter }: LearnerListKey,
  { columns }: ListShape,
  values: readonly unknown[],
): ProgressRecord {
  const record: Record<string, unknown> = { userId: filter.userId, deletedAt: null };
  for (let index = 0; index < columns.length; index += 1) {
    const name = columns[index]!;
    const value = values[index];
    record[name] = typeof value === 'string' && DATES.has(name) ? new Date(value) : value;
  }
  return record as ProgressRecord;
}
