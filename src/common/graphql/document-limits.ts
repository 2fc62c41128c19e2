import { ApolloArmor } from '@escape.tech/graphql-armor';
import type { GraphQLError, ValidationContext, ValidationRule } from 'graphql';

/** Tokens of a document; graphql-js stops reading after this many. */
export const MAX_TOKENS = 1_000;
/** Selections of a document after its fragments are expanded. */
export const MAX_SELECTIONS = 2_000;
/** How many errors of one document are reported. */
export const MAX_VALIDATION_ERRORS = 20;

export const MAX_DEPTH = 8;
export const MAX_ALIASES = 20;
export const MAX_DIRECTIVES = 20;

/** Report a refusal like any other validation error. A thrown error would count as an error of the service. */
const refusing = {
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError): void => context?.reportError(error),
  ],
};

/** Rules that limit the shape of a document. `QueryCost` limits what the answer costs. */
export function documentLimits(): ValidationRule[] {
  const armor = new ApolloArmor({
    maxDepth: { n: MAX_DEPTH, flattenFragments: true, ...refusing },
    maxAliases: { n: MAX_ALIASES, ...refusing },
    maxDirectives: { n: MAX_DIRECTIVES, ...refusing },
    // graphql-js counts tokens while it parses; this rule would parse the document again.
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  });
  return armor.protect().validationRules;
}
