import { Field, ObjectType } from '@nestjs/graphql';

/** What every response begins with. */
@ObjectType({ isAbstract: true })
export abstract class Answer {
  @Field(() => Boolean, { description: 'Always true: a failure is a GraphQL error.' })
  success: boolean;

  @Field(() => String, { description: 'What was done, in the language of the request.' })
  message: string;
}
