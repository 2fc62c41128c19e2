import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { GraphqlContext } from '../../common/graphql/context.js';
import { UnauthenticatedError } from '../../common/errors/service-error.js';
import type { Identity } from './identity.js';

/** Who asks. A resolver that wants to know is never run for nobody. */
export const CurrentIdentity = createParamDecorator(
  (_data: unknown, execution: ExecutionContext): Identity => {
    const { identity } = execution.getArgByIndex<GraphqlContext>(2);
    if (!identity) throw new UnauthenticatedError();
    return identity;
  },
);
