import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { Injectable } from '@nestjs/common';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphqlContext } from '../context.js';
import { KnownOperation, type ExecutableOperation } from './known-operation.js';
import { OperationShapes } from './operation-shapes.js';

/** Characters of documents that are remembered: about ten thousand usual documents. */
const CHARACTERS_MAXIMUM = 4_194_304;
/** Longer documents are not remembered: players and pages do not send them again and again. */
const DOCUMENT_MAXIMUM = 8_192;

/**
 * Operations that were served before, by the document's text, and by its shape: the text without its numbers and
 * strings. Apollo adds them as it serves them.
 */
@Injectable()
export class KnownOperations implements ApolloServerPlugin<GraphqlContext> {
  private readonly byText = new LRUCache<string, KnownOperation>({
    maxSize: CHARACTERS_MAXIMUM,
    maxEntrySize: DOCUMENT_MAXIMUM,
    sizeCalculation: (_operation, text) => text.length,
  });

  private readonly shapes = new OperationShapes();

  private readonly listener: GraphQLRequestListener<GraphqlContext> = {
    executionDidStart: async ({ schema, source, document, operation }) => {
      // Apollo also serves known operations, when their variables do not fit. Keep the compiled one.
      if (this.byText.has(source)) return;
      // `operation` is undefined when operationName matches nothing.
      if (operation && isAlone(document)) {
        const shape = this.shapes.of(source, schema, document, operation);
        // Documents of a compiled shape are found by it. Clients write as many of these as there are values.
        if (shape.compiled) return;
        shape.use();
        this.byText.set(source, new KnownOperation(schema, document, operation, shape));
      }
    },
  };

  async requestDidStart(): Promise<GraphQLRequestListener<GraphqlContext>> {
    return this.listener;
  }

  find(text: string): ExecutableOperation | undefined {
    return this.byText.get(text);
  }

  /** Whether it is worth looking for one alike. */
  mayBeAlike(text: string): boolean {
    return text.length <= DOCUMENT_MAXIMUM && !this.shapes.isEmpty;
  }

  /** An operation of the same shape, with the numbers and strings of this text. */
  findAlike(text: string): ExecutableOperation | undefined {
    return this.shapes.alike(text);
  }
}

function isAlone({ definitions }: DocumentNode): boolean {
  return definitions.filter(({ kind }) => kind === 'OperationDefinition').length === 1;
}
