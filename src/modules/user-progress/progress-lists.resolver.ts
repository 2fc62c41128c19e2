import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { INT_MAXIMUM } from '../../common/graphql/int.js';
import { PAGE_SIZE_DEFAULT, PageSizePipe } from '../../common/graphql/page-size.js';
import { RangePipe } from '../../common/graphql/range.pipe.js';
import { SelectedFields, type Selection } from '../../common/graphql/selection.js';
import { CurrentAsker, type Asker } from '../auth/asker.decorator.js';
import { UserProgressConnection, UserProgressListResponse } from './dtos/progress-list.dto.js';
import { UserProgressFilterInput } from './inputs/user-progress-filter.input.js';
import { UserProgressOrder } from './inputs/user-progress-order.js';
import { ProgressListsService } from './progress-lists.service.js';

const FIRST_PAGE = 1;
const PagePipe = RangePipe(1, INT_MAXIMUM, FIRST_PAGE);

/** Lists of records. */
@Resolver()
export class ProgressListsResolver {
  constructor(private readonly service: ProgressListsService) {}

  @Query(() => UserProgressListResponse, {
    description:
      'Records, page by page, oldest first unless `orderBy` says otherwise. A learner sees their own; an instructor names a course they teach.',
  })
  userProgressList(
    @CurrentAsker() asker: Asker,
    @Args('filter', {
      nullable: true,
      type: () => UserProgressFilterInput,
      description: 'Which records.',
    })
    filter: UserProgressFilterInput,
    @Args(
      'page',
      {
        type: () => Int,
        nullable: true,
        defaultValue: FIRST_PAGE,
        description: 'Counted from 1; no more than 10,000 records may be skipped.',
      },
      PagePipe,
    )
    page: number,
    @Args(
      'limit',
      {
        type: () => Int,
        nullable: true,
        defaultValue: PAGE_SIZE_DEFAULT,
        description: 'Records a page, 1 to 100.',
      },
      PageSizePipe,
    )
    limit: number,
    @Args('orderBy', {
      type: () => UserProgressOrder,
      nullable: true,
      defaultValue: UserProgressOrder.CREATED_ASC,
      description: 'UPDATED_DESC is for the records of one learner.',
    })
    order: UserProgressOrder | null,
    @SelectedFields() asked: Selection,
  ): Promise<UserProgressListResponse> {
    return this.service.list(
      asker,
      filter,
      { page, limit },
      order ?? UserProgressOrder.CREATED_ASC,
      asked,
    );
  }

  @Query(() => UserProgressConnection, {
    description:
      'The same records, oldest first, to be walked by cursor, however many there are (Relay).',
  })
  userProgressConnection(
    @CurrentAsker() asker: Asker,
    @Args('filter', {
      nullable: true,
      type: () => UserProgressFilterInput,
      description: 'Which records.',
    })
    filter: UserProgressFilterInput,
    @Args(
      'first',
      {
        type: () => Int,
        nullable: true,
        defaultValue: PAGE_SIZE_DEFAULT,
        description: 'Records a page, 1 to 100.',
      },
      PageSizePipe,
    )
    first: number,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'A cursor of the same filter and person: go on behind it.',
    })
    after: string | null,
    @SelectedFields() asked: Selection,
  ): Promise<UserProgressConnection> {
    return this.service.connection(asker, filter ?? null, first, after ?? null, asked);
  }
}
