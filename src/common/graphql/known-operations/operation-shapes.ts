import {
  Kind,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type Token,
  type ValueNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { AlikeOperation, type First } from './alike-operation.js';
import { documentBytes } from './document-bytes.js';
import { isLiteral, shapeOf, tokensOf } from './document-tokens.js';
import { liftValues, type LiftedValue } from './lifted-values.js';
import { OperationShape } from './operation-shape.js';

const MEBIBYTE = 1_048_576;
/** Shapes that one document had. A flood of new shapes pushes out others of these only. */
const NEW = { entries: 100, bytes: 4 * MEBIBYTE };
/** Shapes that were looked for again: about three hundred usual ones. */
const KEPT = { entries: 500, bytes: 16 * MEBIBYTE };

/**
 * Shapes of operations that have numbers or strings in their documents, and that others may be alike, in bounded
 * memory. Ask only for requests with an identity: otherwise anybody could fill the memory with new shapes.
 */
export class OperationShapes {
  private readonly once = memory(NEW);
  private readonly kept = memory(KEPT);

  /** The shape of a valid operation; one of its own, where documents that look alike need not be valid. */
  of(
    text: string,
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
  ): OperationShape {
    const tokens = tokensOf(text) ?? [];
    const literals = tokens.filter((_token, index) => isLiteral(tokens, index));
    const values = literals.length === 0 ? undefined : liftValues(schema, document)?.values;
    if (!values || !mayBeAlike(document, values, literals)) {
      return new OperationShape(schema, document);
    }
    const name = shapeOf(tokens);
    const known = this.find(name);
    if (known?.shape.schema === schema) return known.shape;
    const shape = new OperationShape(schema, document);
    const places = tokens.map(({ start, line, column }) => ({ start, line, column }));
    const indexes = new Map(places.map(({ start }, index) => [start, index]));
    this.once.set(name, { shape, operation, values, places, indexes });
    return shape;
  }

  get isEmpty(): boolean {
    return this.once.size + this.kept.size === 0;
  }

  /** An operation that differs from a compiled one in nothing but numbers and strings. */
  alike(text: string): AlikeOperation | undefined {
    const tokens = tokensOf(text);
    const first = tokens && this.find(shapeOf(tokens));
    return first?.shape.compiled ? new AlikeOperation(first, tokens!) : undefined;
  }

  /** Keeps what is found: a second document has that shape. */
  private find(name: string): First | undefined {
    const first = this.once.get(name);
    if (!first) return this.kept.get(name);
    this.once.delete(name);
    this.kept.set(name, first);
    return first;
  }
}

function memory({ entries, bytes }: typeof NEW): LRUCache<string, First> {
  return new LRUCache({
    max: entries,
    maxSize: bytes,
    sizeCalculation: ({ shape }) => documentBytes(shape.document),
  });
}

/**
 * Whether every document of the same shape is valid if its numbers and strings fit their types. Not so where one of
 * them is not lifted, for instance a default, and where two fields of one name would have to have the same.
 */
function mayBeAlike(
  document: DocumentNode,
  values: readonly LiftedValue[],
  literals: readonly Token[],
): boolean {
  const lifted = new Set<number>();
  const note = ({ loc }: ValueNode): void => {
    if (loc) lifted.add(loc.start);
  };
  const noting = { [Kind.INT]: note, [Kind.FLOAT]: note, [Kind.STRING]: note };
  for (const { value } of values) visit(value, noting);
  const names: string[] = [];
  visit(document, {
    [Kind.FIELD]: ({ name, alias, arguments: given = [] }) => {
      if (given.length > 0) names.push((alias ?? name).value);
    },
  });
  return literals.every(({ start }) => lifted.has(start)) && new Set(names).size === names.length;
}
