import {
  Kind,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type Token,
  type ValueNode,
} from 'graphql';
import type { GraphqlContext } from '../context.js';
import type { Variables } from './compiled-operation.js';
import type { ExecutableOperation } from './known-operation.js';
import type { LiftedValue } from './lifted-values.js';
import type { OperationShape } from './operation-shape.js';

/** What documents of a shape share: the first of them, its tokens and its values. */
export interface First {
  readonly shape: OperationShape;
  readonly operation: OperationDefinitionNode;
  readonly values: readonly LiftedValue[];
  /** Where its tokens are, and by where a token begins, the how many-th it is. */
  readonly places: readonly Pick<Token, 'line' | 'column'>[];
  readonly indexes: ReadonlyMap<number, number>;
}

/**
 * An operation in a document that was never parsed: token by token it is as the first of its shape, but for numbers and
 * strings. `document` and `operation` are of that first one.
 */
export class AlikeOperation implements ExecutableOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;

  constructor(
    private readonly first: First,
    private readonly tokens: readonly Token[],
  ) {
    this.schema = first.shape.schema;
    this.document = first.shape.document;
    this.operation = first.operation;
  }

  async execute(context: GraphqlContext, variables: Variables): Promise<ExecutionResult> {
    const { compiled } = this.first.shape;
    if (!compiled) return {};
    const values = this.first.values.map((lifted) => ({
      ...lifted,
      value: this.own(lifted.value),
    }));
    const result = await compiled({ operation: this.operation, values }, context, variables);
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => this.relocated(error)) };
  }

  /** The same value with the numbers and strings of this document. */
  private own(value: ValueNode): ValueNode {
    switch (value.kind) {
      case Kind.INT:
      case Kind.FLOAT:
      case Kind.STRING:
        return { ...value, value: this.tokens[this.first.indexes.get(value.loc!.start)!]!.value };
      case Kind.LIST:
        return { ...value, values: value.values.map((one) => this.own(one)) };
      case Kind.OBJECT:
        return {
          ...value,
          fields: value.fields.map((field) => ({ ...field, value: this.own(field.value) })),
        };
      default:
        return value;
    }
  }

  /** The same error, where it is in this document: other strings may be longer. */
  private relocated(error: GraphQLError): GraphQLError {
    const locations = error.locations?.map((location) => {
      const index = this.first.places.findIndex(
        ({ line, column }) => line === location.line && column === location.column,
      );
      const { line, column } = this.tokens[index] ?? location;
      return { line, column };
    });
    return Object.create(error, {
      locations: { value: locations, enumerable: true },
    }) as GraphQLError;
  }
}
