import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { UnauthenticatedError } from '../../common/errors/service-error.js';
import type { GraphqlContext } from '../../common/graphql/context.js';
import type { Identity } from '../../common/identity/identity.js';

/** The context of a request that has an identity. */
export type Asker = GraphqlContext & { readonly identity: Identity };

/**
 * The asker: identity, language, and the loaders of the request. A resolver with this parameter never runs without an
 * identity.
 */
export const CurrentAsker = createParamDecorator(
  (_data: unknown, execution: ExecutionContext): Asker => {
    const context = execution.getArgByIndex<GraphqlContext>(2);
    if (!context.identity) throw new UnauthenticatedError();
    return context as Asker;
  },
);
