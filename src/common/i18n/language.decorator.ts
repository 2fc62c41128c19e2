import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { GraphqlContext } from '../graphql/context.js';

/** The language that the request is answered in. */
export const Language = createParamDecorator(
  (_data: unknown, execution: ExecutionContext): string =>
    execution.getArgByIndex<GraphqlContext>(2).language,
);
