import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Answer } from '../../../common/graphql/answer.dto.js';
import { PageInfo } from '../../../common/graphql/page-info.dto.js';
import { UserProgress } from './user-progress.dto.js';

@ObjectType({ description: 'Where in a list of pages a page is.' })
export class PaginationInfo {
  @Field(() => Int, { description: 'Number of records that match, over all pages.' })
  totalItems: number;

  @Field(() => Int, { description: 'Number of pages of the asked size.' })
  totalPages: number;

  @Field(() => Int, { description: 'This page, counted from 1.' })
  currentPage: number;
}

@ObjectType({ description: 'One page of progress records.' })
export class UserProgressListResponse extends Answer {
  @Field(() => [UserProgress], { description: 'The records of this page.' })
  items: UserProgress[];

  @Field(() => PaginationInfo, { description: 'Where this page is.' })
  pagination: PaginationInfo;
}

@ObjectType({ description: 'A record and the cursor behind it.' })
export class UserProgressEdge {
  @Field(() => String, { description: 'Pass it as `after` to go on behind this record.' })
  cursor: string;

  @Field(() => UserProgress, { description: 'The record.' })
  node: UserProgress;
}

@ObjectType({ description: 'Progress records, oldest first, to be walked by cursor (Relay).' })
export class UserProgressConnection extends Answer {
  @Field(() => [UserProgressEdge], { description: 'The records of this page.' })
  edges: UserProgressEdge[];

  @Field(() => PageInfo, { description: 'Where this page is.' })
  pageInfo: PageInfo;
}
