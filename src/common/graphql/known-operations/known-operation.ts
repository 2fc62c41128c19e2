import {
  execute,
  Kind,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import type { GraphqlContext } from '../context.js';
import { documentBytes } from './document-bytes.js';

/** Uses before an operation is compiled. Compiling costs as much as a few dozen executions. */
const COMPILED_AFTER = 30;

type Variables = Record<string, unknown> | undefined;

/** The one operation of a document that Apollo parsed, found valid, and began to execute. */
export class KnownOperation {
  private uses = 0;
  private compiled: CompiledQuery | null = null;
  /** Bytes of memory that it holds, by estimate. */
  readonly bytes: number;

  constructor(
    readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    readonly operation: OperationDefinitionNode,
    /** Of the document's text, as Apollo makes it. */
    readonly hash: string,
  ) {
    this.bytes = documentBytes(document);
  }

  /** @returns no `data` when nothing was executed, because the variables do not fit their types */
  async execute(context: GraphqlContext, variables: Variables): Promise<ExecutionResult> {
    this.uses += 1;
    if (this.uses === COMPILED_AFTER) this.compile();
    if (this.compiled) {
      const result = await this.compiled.query(undefined, context, variables);
      if (result.data !== undefined) return result;
      // The compiled check of variables is stricter: it does not fill in the defaults of inputs. Let graphql-js decide.
    }
    const { schema, document } = this;
    return execute({ schema, document, contextValue: context, variableValues: variables });
  }

  private compile(): void {
    if (bringsValues(this.document)) return;
    const compiled = compileQuery(this.schema, this.document, this.operation.name?.value);
    if (isCompiledQuery(compiled)) this.compiled = compiled;
  }
}

/**
 * Whether the document contains values, or a name that means something to JavaScript. Compiling makes code of the
 * document, and a value sent by a client must never be part of that code. Clients that ask often send values as
 * variables.
 */
function bringsValues(document: DocumentNode): boolean {
  let found = false;
  const note = (): void => {
    found = true;
  };
  visit(document, {
    [Kind.NAME]: ({ value }) => {
      found ||= value in Object.prototype;
    },
    [Kind.STRING]: note,
    [Kind.INT]: note,
    [Kind.FLOAT]: note,
    [Kind.BOOLEAN]: note,
    [Kind.ENUM]: note,
    [Kind.NULL]: note,
    [Kind.LIST]: note,
    [Kind.OBJECT]: note,
  });
  return found;
}
