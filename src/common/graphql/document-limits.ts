import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { GraphQLError, ValidationContext, ValidationRule } from 'graphql';

/** Tokens of a document; graphql-js stops reading at this many. */
export const MAX_TOKENS = 1_000;
/** Selections of a document once its fragments are written out. */
export const MAX_SELECTIONS = 2_000;
/** Errors that one document is told about. */
export const MAX_VALIDATION_ERRORS = 20;

const MAX_DEPTH = 8;
const MAX_ALIASES = 20;
const MAX_DIRECTIVES = 20;

/** Refusals are reported like any other validation error; thrown, they would become ours. */
const refusing = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError): void => context?.reportError(error),
  ],
};

/** Rules that bound the shape of a document. What it costs to answer is `QueryCost`'s matter. */
export function documentLimits(): ValidationRule[] {
  const armor = new ApolloArmor({
    maxDepth: { n: MAX_DEPTH, flattenFragments: true, ...refusing },
    maxAliases: { n: MAX_ALIASES, ...refusing },
    maxDirectives: { n: MAX_DIRECTIVES, ...refusing },
    // graphql-js counts tokens itself while parsing; this would parse a second time.
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  });
  return armor.protect().validationRules;
}
