import type {
  ApolloServerPlugin,
  GraphQLRequestContextExecutionDidStart,
  GraphQLRequestListener,
} from '@apollo/server';
import { Injectable } from '@nestjs/common';
import type { DocumentNode } from 'graphql';
import type { GraphqlContext } from '../context.js';
import { BoundedOperations } from './bounded-operations.js';
import { KnownOperation } from './known-operation.js';

const MEBIBYTE = 1_048_576;
/** Longer documents are not remembered: players and pages do not send them again and again. */
const DOCUMENT_MAXIMUM = 8_192;
/** Documents that were used once. A flood of new documents pushes out others of these only. */
const NEW = { entries: 500, bytes: 4 * MEBIBYTE };
/** Documents that were used again: about nine hundred usual ones. */
const KEPT = { entries: 2_000, bytes: 32 * MEBIBYTE };

/**
 * Operations that were served before, by the document's text, in bounded memory. Apollo adds them as it serves them.
 * Only requests with an identity add anything: otherwise anybody could fill the memory with new documents.
 */
@Injectable()
export class KnownOperations implements ApolloServerPlugin<GraphqlContext> {
  private readonly once = new BoundedOperations(NEW);
  private readonly kept = new BoundedOperations(KEPT);

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

  /** Keeps an operation that a request with an identity used again. */
  keep(text: string, known: KnownOperation): void {
    if (this.once.delete(text)) this.kept.set(text, known);
  }

  private note(request: GraphQLRequestContextExecutionDidStart<GraphqlContext>): void {
    const { contextValue, schema, source, document, operation, queryHash } = request;
    if (!contextValue.identity || source.length > DOCUMENT_MAXIMUM) return;
    // Apollo also serves known operations, when their variables do not fit. Keep the compiled one.
    const known = this.find(source);
    if (known) this.keep(source, known);
    // `operation` is undefined when operationName matches nothing.
    else if (operation && isAlone(document)) {
      this.once.set(source, new KnownOperation(schema, document, operation, queryHash));
    }
  }
}

function isAlone({ definitions }: DocumentNode): boolean {
  return definitions.filter(({ kind }) => kind === 'OperationDefinition').length === 1;
}
