import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IdPipe } from '../../common/graphql/id.js';
import { CurrentAsker, type Asker } from '../auth/asker.decorator.js';
import { EraseUserResponse, ExportUserDataResponse } from './dtos/responses.dto.js';
import { PrivacyService } from './privacy.service.js';

/** Each operation touches all data of a learner, so a request may ask for at most three. */
export const EVERYTHING_COST = 300;

/** A learner's rights over their stored data. */
@Resolver()
export class PrivacyResolver {
  constructor(private readonly service: PrivacyService) {}

  @Mutation(() => EraseUserResponse, {
    complexity: EVERYTHING_COST,
    description:
      'Deletes everything that is kept of a learner, for ever. Nothing more is recorded for them. May be repeated.',
  })
  eraseUser(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
  ): Promise<EraseUserResponse> {
    return this.service.erase(asker, userId);
  }

  @Query(() => ExportUserDataResponse, {
    complexity: EVERYTHING_COST,
    description: 'Everything that is kept of a learner: up to 500 entries of a kind at once.',
  })
  exportUserData(
    @CurrentAsker() asker: Asker,
    @Args('userId', { type: () => String, description: 'The learner.' }, IdPipe) userId: string,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: '`next` of the page before.',
    })
    after: string | null,
  ): Promise<ExportUserDataResponse> {
    return this.service.export(asker, userId, after ?? null);
  }
}
