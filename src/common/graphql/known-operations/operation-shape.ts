import type { DocumentNode, GraphQLSchema } from 'graphql';
import { compileOperation, type CompiledOperation } from './compiled-operation.js';

/** Uses before an operation is compiled. Compiling costs as much as a few dozen executions. */
const COMPILED_AFTER = 30;

/** Operations that differ in nothing but numbers and strings. They are compiled once, together. */
export class OperationShape {
  private uses = 0;
  private code: CompiledOperation | null = null;

  /** @param document of the first operation of this shape */
  constructor(
    readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
  ) {}

  /** Null while it was used seldom, and when it cannot be compiled. */
  get compiled(): CompiledOperation | null {
    return this.code;
  }

  use(): void {
    this.uses += 1;
    if (this.uses === COMPILED_AFTER) this.code = compileOperation(this.schema, this.document);
  }
}
