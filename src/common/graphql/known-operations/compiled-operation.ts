import {
  getVariableValues,
  valueFromAST,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import type { GraphqlContext } from '../context.js';
import { schemaForCompiling } from './coerced-values.js';
import { liftValues, type LiftedValue } from './lifted-values.js';

export type Variables = Record<string, unknown> | undefined;

/** What a client sent: the operation and its lifted values. */
export interface Sent {
  readonly operation: OperationDefinitionNode;
  readonly values: readonly LiftedValue[];
}

/** @returns no `data` when nothing was executed, because a value does not fit its type */
export type CompiledOperation = (
  sent: Sent,
  context: GraphqlContext,
  variables: Variables,
) => ExecutionResult | Promise<ExecutionResult>;

/** Compiles the one operation of a valid document. @returns null when it cannot be compiled */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
): CompiledOperation | null {
  const lifted = liftValues(schema, document);
  if (!lifted) return null;
  return lifted.isUnchanged
    ? byItsOwnVariables(compile(schema, lifted.document))
    : byCoercedVariables(schema, compile(schemaForCompiling(schema), lifted.document));
}

type Query = CompiledQuery['query'];

/** What is compiled becomes code, so it contains only names and variables. */
function compile(schema: GraphQLSchema, document: DocumentNode): Query | null {
  const compiled = compileQuery(schema, document);
  return isCompiledQuery(compiled) ? compiled.query : null;
}

/** The compiled check of variables is stricter than graphql-js: it does not fill in the defaults of inputs. */
function byItsOwnVariables(query: Query | null): CompiledOperation | null {
  return query && ((_sent, context, variables) => query(undefined, context, variables));
}

/** Variables and lifted values are coerced by graphql-js, as it does when it executes. */
function byCoercedVariables(schema: GraphQLSchema, query: Query | null): CompiledOperation | null {
  return (
    query &&
    (({ operation, values }, context, variables) => {
      const definitions = operation.variableDefinitions ?? [];
      const { coerced } = getVariableValues(schema, definitions, variables ?? {});
      if (!coerced) return {};
      const given = { ...coerced };
      for (const { variable, type, value } of values) {
        given[variable] = valueFromAST(value, type, coerced);
        if (given[variable] === undefined) return {};
      }
      return query(undefined, context, given);
    })
  );
}
