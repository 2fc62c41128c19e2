import { GraphQLScalarType, GraphQLSchema, Kind, type NamedTypeNode } from 'graphql';

/** A type that takes every value as it is. A document that a client sends cannot name it. */
const coerced = new GraphQLScalarType({ name: '__Coerced' });

export const COERCED: NamedTypeNode = {
  kind: Kind.NAMED_TYPE,
  name: { kind: Kind.NAME, value: coerced.name },
};

/** The same types, and one more for variables, which only compiled operations use. */
class SchemaForCompiling extends GraphQLSchema {
  override getType(name: string): ReturnType<GraphQLSchema['getType']> {
    return name === coerced.name ? coerced : super.getType(name);
  }
}

const known = new WeakMap<GraphQLSchema, SchemaForCompiling>();

/** The schema in which variables of the type `COERCED` are passed on unchanged. */
export function schemaForCompiling(schema: GraphQLSchema): GraphQLSchema {
  let compiling = known.get(schema);
  if (!compiling) {
    compiling = new SchemaForCompiling({ ...schema.toConfig(), assumeValid: true });
    known.set(schema, compiling);
  }
  return compiling;
}
