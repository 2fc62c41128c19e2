import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { Injectable } from '@nestjs/common';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphqlContext } from '../context.js';
import { KnownOperation } from './known-operation.js';

/** Characters of documents that are remembered: about ten thousand usual documents. */
const CHARACTERS_MAXIMUM = 4_194_304;
/** Longer documents are not remembered: players and pages do not send them again and again. */
const DOCUMENT_MAXIMUM = 8_192;

/** Operations that were served before, by the document's text. Apollo adds them as it serves them. */
@Injectable()
export class KnownOperations implements ApolloServerPlugin<GraphqlContext> {
  private readonly byText = new LRUCache<string, KnownOperation>({
    maxSize: CHARACTERS_MAXIMUM,
    maxEntrySize: DOCUMENT_MAXIMUM,
    sizeCalculation: (_operation, text) => text.length,
  });

  private readonly listener: GraphQLRequestListener<GraphqlContext> = {
    executionDidStart: async ({ schema, source, document, operation }) => {
      // Apollo also serves known operations, when their variables do not fit. Keep the compiled one.
      if (this.byText.has(source)) return;
      // `operation` is undefined when operationName matches nothing.
      if (operation && isAlone(document)) {
        this.byText.set(source, new KnownOperation(schema, document, operation));
      }
    },
  };

  async requestDidStart(): Promise<GraphQLRequestListener<GraphqlContext>> {
    return this.listener;
  }

  find(text: string): KnownOperation | undefined {
    return this.byText.get(text);
  }
}

function isAlone({ definitions }: DocumentNode): boolean {
  return definitions.filter(({ kind }) => kind === 'OperationDefinition').length === 1;
}
