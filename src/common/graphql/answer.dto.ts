import { Field, Float, ObjectType } from '@nestjs/graphql';

/** What every response begins with. */
@ObjectType({ isAbstract: true })
export abstract class Answer {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Always true: a failure is a GraphQL error.',
  })
  success: boolean;

  @Field(() => String, { description: 'What was done, in the language of the request.' })
  message: string;

  @Field(() => Float, {
    nullable: true,
    description: '201 where a record was created, 200 otherwise.',
    deprecationReason:
      'For clients of the original service. An answer with `data` succeeded; a failure has `extensions.statusCode`.',
  })
  statusCode: number;

  @Field(() => String, {
    nullable: true,
    description: 'When it was answered: ISO 8601, UTC.',
    deprecationReason: 'For clients of the original service. Use the `Date` header of the answer.',
  })
  timeStamp: string;
}
