import {
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { GraphqlContext } from '../context.js';
import type { Variables } from './compiled-operation.js';
import { documentBytes } from './document-bytes.js';
import { liftValues, type LiftedValue } from './lifted-values.js';
import { OperationShape } from './operation-shape.js';

/** An operation that can be executed without Apollo. */
export interface ExecutableOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** @returns no `data` when nothing was executed: Apollo finds out why */
  execute(context: GraphqlContext, variables: Variables): Promise<ExecutionResult>;
}

/** The one operation of a document that Apollo parsed, found valid, and began to execute. */
export class KnownOperation implements ExecutableOperation {
  private lifted: readonly LiftedValue[] | undefined;
  /** Bytes of memory that it holds, by estimate. The shape may be in no other memory any more. */
  readonly bytes: number;

  constructor(
    readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    readonly operation: OperationDefinitionNode,
    /** Of the document's text, as Apollo makes it. */
    readonly hash: string,
    readonly shape = new OperationShape(schema, document),
  ) {
    const first = shape.document;
    this.bytes = documentBytes(document) + (first === document ? 0 : documentBytes(first));
  }

  async execute(context: GraphqlContext, variables: Variables): Promise<ExecutionResult> {
    this.shape.use();
    const { compiled } = this.shape;
    if (compiled) {
      const sent = { operation: this.operation, values: this.values() };
      const result = await compiled(sent, context, variables);
      if (result.data !== undefined) return result;
      // A value does not fit its type. Let graphql-js decide.
    }
    const { schema, document } = this;
    return execute({ schema, document, contextValue: context, variableValues: variables });
  }

  private values(): readonly LiftedValue[] {
    this.lifted ??= liftValues(this.schema, this.document)?.values ?? [];
    return this.lifted;
  }
}
