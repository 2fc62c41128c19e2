import { astFromValue, print, type GraphQLField, type GraphQLSchema } from 'graphql';

/** The ways in which a document may ask for the same. */
export const FORMS = ['plain', 'alias', 'variable', 'fragment', 'nested'] as const;
export type Form = (typeof FORMS)[number];

export interface Request {
  query: string;
  variables?: Record<string, unknown>;
}

export interface Operation {
  name: string;
  kind: 'query' | 'mutation';
  field: GraphQLField<unknown, unknown>;
}

/** Every operation that the schema has. */
export function operationsOf(schema: GraphQLSchema): Operation[] {
  return (['query', 'mutation'] as const).flatMap((kind) => {
    const type = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
    return Object.values(type?.getFields() ?? {}).map((field) => ({
      name: field.name,
      kind,
      field,
    }));
  });
}

/** The document that asks for the operation in one of the forms. */
export function documentFor(
  { name, kind, field }: Operation,
  form: Form,
  values: Record<string, unknown>,
  selection = 'success',
): Request {
  const given = field.args.filter((argument) => values[argument.name] !== undefined);
  const parent = kind === 'query' ? 'Query' : 'Mutation';
  const literals = given.map((argument) => {
    const node = astFromValue(values[argument.name], argument.type);
    return `${argument.name}: ${print(node!)}`;
  });
  const call = `${name}(${literals.join(', ')}) { ${selection} }`;
  switch (form) {
    case 'plain':
      return { query: `${kind} { ${call} }` };
    case 'alias':
      return { query: `${kind} { __typename mine: ${call} }` };
    case 'variable': {
      const declared = given.map((argument) => `$${argument.name}: ${String(argument.type)}`);
      const passed = given.map((argument) => `${argument.name}: $${argument.name}`);
      return {
        query: `${kind} Asked(${declared.join(', ')}) { ${name}(${passed.join(', ')}) { ${selection} } }`,
        variables: values,
      };
    }
    case 'fragment':
      return {
        query: `${kind} { ...Outer } fragment Inner on ${parent} { ${call} } fragment Outer on ${parent} { ...Inner }`,
      };
    case 'nested':
      return {
        query: `${kind} { ... on ${parent} { ... @include(if: true) { ... @skip(if: false) { ${call} } } } }`,
      };
  }
}
