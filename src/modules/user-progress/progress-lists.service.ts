import { Injectable } from '@nestjs/common';
import { BadUserInputError } from '../../common/errors/service-error.js';
import { answer } from '../../common/graphql/answers.js';
import { connectionOf } from '../../common/graphql/connection.js';
import type { Selection } from '../../common/graphql/selection.js';
import { Messages } from '../../common/i18n/messages.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Operation } from '../auth/access-table.js';
import type { Asker } from '../auth/asker.decorator.js';
import type { UserProgressConnection, UserProgressListResponse } from './dtos/progress-list.dto.js';
import { UserProgress } from './dtos/user-progress.dto.js';
import type { UserProgressFilterInput } from './inputs/user-progress-filter.input.js';
import { UserProgressOrder } from './inputs/user-progress-order.js';
import { columnsOf, type ListedColumn } from './listed-columns.js';
import { ProgressCursor } from './progress-cursor.js';
import type { ProgressRecord } from './progress-record.js';
import { LearnerListsProxy, type LearnerList } from './proxy/learner-lists.proxy.js';
import { UserProgressProxy, type RecordFilter } from './proxy/user-progress.proxy.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
/**
 * A page that would skip more records is refused, since PostgreSQL reads the skipped records. Cursors have no such
 * cost.
 */
export const SKIP_MAXIMUM = 10_000;

/** Lists of records. Each reads only what its document asks for. */
@Injectable()
export class ProgressListsService {
  constructor(
    private readonly proxy: UserProgressProxy,
    private readonly learnerLists: LearnerListsProxy,
    private readonly policy: AccessPolicy,
    private readonly messages: Messages,
    private readonly cursors: ProgressCursor,
  ) {}

  async list(
    asker: Asker,
    filter: UserProgressFilterInput | null,
    { page, limit }: { page: number; limit: number },
    order: UserProgressOrder,
    asked: Selection,
  ): Promise<UserProgressListResponse> {
    const offset = (page - 1) * limit;
    if (offset > SKIP_MAXIMUM) {
      throw new BadUserInputError('pageTooFar', { args: { maximum: SKIP_MAXIMUM } });
    }
    const permitted = await this.permittedFilter(asker, 'userProgressList', filter);
    const { records, total } = await this.page(permitted, limit, offset, order, asked);
    // A total that was not asked for is not read, and nobody sees it.
    const totalItems = total ?? 0;
    return answer(this.messages, asker, 'progressListed', {
      items: records.map((record) => new UserProgress(record)),
      pagination: { totalItems, totalPages: Math.ceil(totalItems / limit), currentPage: page },
    });
  }

  async connection(
    asker: Asker,
    filter: UserProgressFilterInput | null,
    first: number,
    after: string | null,
    asked: Selection,
  ): Promise<UserProgressConnection> {
    const permitted = await this.permittedFilter(asker, 'userProgressConnection', filter);
    const { userId } = asker.identity;
    const start = after === null ? BEFORE_ALL : this.cursors.open(after, userId, permitted);
    const records = await this.after(permitted, first + 1, start, asked);
    const connection = connectionOf(records, { first, after }, (record) => ({
      cursor: this.cursors.seal(record.id, userId, permitted),
      node: new UserProgress(record),
    }));
    return answer(this.messages, asker, 'progressListed', connection);
  }

  /** Sorting by the last change needs a learner: that limits the records to read and sort. */
  private async page(
    filter: RecordFilter,
    limit: number,
    offset: number,
    order: UserProgressOrder,
    asked: Selection,
  ): Promise<LearnerList> {
    const withTotal = asksForTotal(asked.get('pagination'));
    if (isOfLearner(filter)) {
      const start = { order: ORDERS[order], offset };
      const columns = columnsOf(asked.get('items'));
      return this.learnerLists.read({ filter, start, limit, columns, withTotal });
    }
    if (order !== UserProgressOrder.CREATED_ASC) throw new BadUserInputError('learnerRequired');
    const [records, total] = await Promise.all([
      this.proxy.page(filter, limit, offset),
      withTotal ? this.proxy.count(filter) : null,
    ]);
    return { records, total };
  }

  private async after(
    filter: RecordFilter,
    limit: number,
    id: string,
    asked: Selection,
  ): Promise<ProgressRecord[]> {
    if (!isOfLearner(filter)) return this.proxy.after(filter, limit, id);
    const { records } = await this.learnerLists.read({
      filter,
      start: { order: 'after', id },
      limit,
      columns: withId(columnsOf(asked.get('edges')?.get('node'))),
      withTotal: false,
    });
    return records;
  }

  /** The filter, narrowed to what the asker may see: without a named learner, a learner's list is their own. */
  private async permittedFilter(
    asker: Asker,
    operation: Operation,
    filter: UserProgressFilterInput | null,
  ): Promise<RecordFilter> {
    const wanted: RecordFilter = {
      userId: filter?.userId ?? undefined,
      courseId: filter?.courseId ?? undefined,
      lessonId: filter?.lessonId ?? undefined,
      completed: filter?.completed ?? undefined,
    };
    if (wanted.userId === undefined && asker.identity.role === 'user') {
      wanted.userId = asker.identity.userId;
    }
    await this.policy.authorize(asker.identity, operation, wanted);
    return wanted;
  }
}

const ORDERS = {
  [UserProgressOrder.CREATED_ASC]: 'oldest',
  [UserProgressOrder.UPDATED_DESC]: 'latest',
} as const;

const isOfLearner = (filter: RecordFilter): filter is RecordFilter & { userId: string } =>
  filter.userId !== undefined;

const asksForTotal = (pagination: Selection | undefined): boolean =>
  pagination !== undefined && (pagination.has('totalItems') || pagination.has('totalPages'));

/** A cursor is made of its record's id. */
const withId = (columns: readonly ListedColumn[]): readonly ListedColumn[] =>
  columns.includes('id') ? columns : ['id', ...columns];
