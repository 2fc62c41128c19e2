import { astFromValue, getNamedType, isObjectType, print, type GraphQLOutputType } from 'graphql';
import type { Operation } from './documents.ts';

/** As many aliases as a document may have, and fewer, for operations that cost more. */
export const ALIASES = [20, 15, 10, 5, 3, 2, 1] as const;

/** One document that carries out the operation once for each set of values, and asks for everything. */
export function aliased(
  { kind, field }: Operation,
  calls: readonly Record<string, unknown>[],
): { query: string } {
  const selection = everythingOf(field.type);
  const asked = calls.map((values, number) => {
    const given = field.args
      .map(({ name, type }) => ({ name, type, value: isPageSize(name) ? 100 : values[name] }))
      .filter(({ value }) => value !== undefined)
      .map(({ name, type, value }) => `${name}: ${print(astFromValue(value, type)!)}`);
    return `a${number}: ${field.name}(${given.join(', ')}) ${selection}`;
  });
  return { query: `${kind} { ${asked.join(' ')} }` };
}

const isPageSize = (name: string): boolean => name === 'limit' || name === 'first';

function everythingOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields());
  return `{ ${fields.map((field) => `${field.name} ${everythingOf(field.type)}`).join(' ')} }`;
}
