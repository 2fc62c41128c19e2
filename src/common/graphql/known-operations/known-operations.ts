import type {
  ApolloServerPlugin,
  GraphQLRequestContextExecutionDidStart,
  GraphQLRequestListener,
} from '@apollo/server';
import { Injectable } from '@nestjs/common';
import type { DocumentNode } from 'graphql';
import type { GraphqlContext } from '../context.js';
import { BoundedOperations } from './bounded-operations.js';
import { KnownOperation, type ExecutableOperation } from './known-operation.js';
import { OperationShapes } from './operation-shapes.js';

const MEBIBYTE = 1_048_576;
/** Longer documents are not remembered: players and pages do not send them again and again. */
const DOCUMENT_MAXIMUM = 8_192;
/** Documents that were used once. A flood of new documents pushes out others of these only. */
const NEW = { entries: 500, bytes: 4 * MEBIBYTE };
/** Documents that were used again: about eight hundred usual ones. */
const KEPT = { entries: 2_000, bytes: 32 * MEBIBYTE };

/**
 * Operations that were served before, by the document's text, and by its shape: the text without its numbers and
 * strings. All in bounded memory. Apollo adds them as it serves them.
 * Only requests with an identity add anything: otherwise anybody could fill the memory with new documents.
 */
@Injectable()
export class KnownOperations implements ApolloServerPlugin<GraphqlContext> {
  private readonly once = new BoundedOperations(NEW);
  private readonly kept = new BoundedOperations(KEPT);
  private readonly shapes = new OperationShapes();

  /** For Apollo, which keeps up to 30 MiB of anybody's documents otherwise. `note` adds documents, not Apollo. */
  readonly documents = {
    get: async (key: string): Promise<DocumentNode | undefined> => {
      const hash = key.slice(key.lastIndexOf(':') + 1);
      return (this.kept.withHash(hash) ?? this.once.withHash(hash))?.document;
    },
    set: async (): Promise<void> => {},
    delete: async (): Promise<void> => {},
  };

  private readonly listener: GraphQLRequestListener<GraphqlContext> = {
    executionDidStart: async (request) => this.note(request),
  };

  async requestDidStart(): Promise<GraphQLRequestListener<GraphqlContext>> {
    return this.listener;
  }

  find(text: string): KnownOperation | undefined {
    return this.kept.get(text) ?? this.once.get(text);
  }

  /** Keeps the operation, if it is known, that a request with an identity used again. */
  keep(text: string): void {
    const known = this.once.get(text);
    if (known && this.once.delete(text)) this.kept.set(text, known);
  }

  /** Whether it is worth looking for one alike. */
  mayBeAlike(text: string): boolean {
    return text.length <= DOCUMENT_MAXIMUM && !this.shapes.isEmpty;
  }

  /** For a request with an identity: an operation of the same shape, with the numbers and strings of this text. */
  findAlike(text: string): ExecutableOperation | undefined {
    return this.shapes.alike(text);
  }

  private note(request: GraphQLRequestContextExecutionDidStart<GraphqlContext>): void {
    const { contextValue, schema, source, document, operation, queryHash } = request;
    if (!contextValue.identity || source.length > DOCUMENT_MAXIMUM) return;
    // Apollo also serves known operations, when their variables do not fit. Keep the compiled one.
    if (this.find(source)) this.keep(source);
    // `operation` is undefined when operationName matches nothing.
    else if (operation && isAlone(document)) {
      const shape = this.shapes.of(source, schema, document, operation);
      shape.use();
      this.once.set(source, new KnownOperation(schema, document, operation, queryHash, shape));
    }
  }
}

function isAlone({ definitions }: DocumentNode): boolean {
  return definitions.filter(({ kind }) => kind === 'OperationDefinition').length === 1;
}
