import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'Where in a connection a page is (Relay).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are records behind the last edge.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether the page began behind a cursor.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge.' })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge.' })
  endCursor: string | null;
}
