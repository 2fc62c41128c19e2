import { Injectable } from '@nestjs/common';
import { BadUserInputError } from '../../common/errors/service-error.js';
import { answer } from '../../common/graphql/answers.js';
import { connectionOf } from '../../common/graphql/connection.js';
import { Messages } from '../../common/i18n/messages.js';
import { AccessPolicy } from '../auth/access-policy.js';
import type { Operation } from '../auth/access-table.js';
import type { Asker } from '../auth/asker.decorator.js';
import type { UserProgressConnection, UserProgressListResponse } from './dtos/progress-list.dto.js';
import { UserProgress } from './dtos/user-progress.dto.js';
import type { UserProgressFilterInput } from './inputs/user-progress-filter.input.js';
import { UserProgressOrder } from './inputs/user-progress-order.js';
import { ProgressCursor } from './progress-cursor.js';
import type { ProgressRecord } from './progress-record.js';
import { UserProgressProxy, type RecordFilter } from './proxy/user-progress.proxy.js';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
/**
 * A page that would skip more records is refused, since PostgreSQL reads the skipped records. Cursors have no such
 * cost.
 */
export const SKIP_MAXIMUM = 10_000;

/** Lists of records. */
@Injectable()
export class ProgressListsService {
  constructor(
    private readonly proxy: UserProgressProxy,
    private readonly policy: AccessPolicy,
    private readonly messages: Messages,
    private readonly cursors: ProgressCursor,
  ) {}

  async list(
    asker: Asker,
    filter: UserProgressFilterInput | null,
    { page, limit }: { page: number; limit: number },
    order: UserProgressOrder,
  ): Promise<UserProgressListResponse> {
    const offset = (page - 1) * limit;
    if (offset > SKIP_MAXIMUM) {
      throw new BadUserInputError('pageTooFar', { args: { maximum: SKIP_MAXIMUM } });
    }
    const permitted = await this.permittedFilter(asker, 'userProgressList', filter);
    const [records, totalItems] = await Promise.all([
      this.page(permitted, limit, offset, order),
      this.proxy.count(permitted),
    ]);
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
  ): Promise<UserProgressConnection> {
    const permitted = await this.permittedFilter(asker, 'userProgressConnection', filter);
    const { userId } = asker.identity;
    const start = after === null ? BEFORE_ALL : this.cursors.open(after, userId, permitted);
    const records = await this.proxy.after(permitted, first + 1, start);
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
  ): Promise<ProgressRecord[]> {
    if (order === UserProgressOrder.CREATED_ASC) return this.proxy.page(filter, limit, offset);
    const { userId } = filter;
    if (userId === undefined) throw new BadUserInputError('learnerRequired');
    return this.proxy.latest({ ...filter, userId }, limit, offset);
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
