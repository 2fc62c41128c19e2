import {
  isNonNullType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type TypeNode,
  type ValueNode,
  type VariableDefinitionNode,
  type VariableNode,
} from 'graphql';
import { COERCED } from './coerced-values.js';

/** An argument's value as it stands in a document, and the variable that replaces it. */
export interface LiftedValue {
  readonly variable: string;
  readonly type: GraphQLInputType;
  readonly value: ValueNode;
}

/** A document that contains only names and variables. Its variables, ours and the client's, are given coerced. */
export interface LiftedDocument {
  readonly document: DocumentNode;
  readonly values: readonly LiftedValue[];
  /** Whether nothing had to be lifted: the document is as the client sent it, and so are its variables. */
  readonly isUnchanged: boolean;
}

const PREFIX = 'lifted_';

/**
 * Replaces every argument that is not plainly a variable by a variable, so that what is compiled contains no value that
 * a client sent. Only for a valid document with one operation.
 * @returns null for a document that is not to be compiled: compiled code would treat a name or a null in it otherwise
 * than graphql-js does
 */
export function liftValues(schema: GraphQLSchema, document: DocumentNode): LiftedDocument | null {
  const types = new TypeInfo(schema);
  const given = variablesOf(document);
  const values: LiftedValue[] = [];
  const conditions = new Set<string>();
  const added: VariableDefinitionNode[] = [];
  let compilable = true;

  const lift = (node: ArgumentNode): ArgumentNode | undefined => {
    const isCondition = Boolean(types.getDirective());
    const { type } = types.getArgument()!;
    if (node.value.kind === Kind.VARIABLE) {
      const name = node.value.name.value;
      if (isCondition) conditions.add(name);
      compilable &&= !isNonNullType(type) || given.get(name)?.type.kind === Kind.NON_NULL_TYPE;
      return undefined;
    }
    const variable = `${PREFIX}${values.length}`;
    values.push({ variable, type, value: node.value });
    added.push(definitionOf(variable, isCondition ? CONDITION : COERCED));
    return { ...node, value: variableNode(variable, node.value) };
  };

  visit(document, {
    [Kind.NAME]: ({ value }) => {
      compilable &&= isHarmless(value);
    },
  });
  const lifted = visit(document, visitWithTypeInfo(types, { [Kind.ARGUMENT]: { enter: lift } }));
  if (!compilable) return null;
  const defaults = [...given.values()].some(({ defaultValue }) => defaultValue !== undefined);
  if (values.length === 0 && !defaults) return { document, values, isUnchanged: true };
  const definitions = [...given].map(([name, { type }]) =>
    definitionOf(name, conditions.has(name) ? type : COERCED),
  );
  return {
    document: withVariables(lifted, [...definitions, ...added]),
    values,
    isUnchanged: false,
  };
}

/** JavaScript knows some names. Ours are taken. Questions about the schema would be asked of another schema. */
const isHarmless = (name: string): boolean =>
  !(name in Object.prototype) &&
  !name.startsWith(PREFIX) &&
  (!name.startsWith('__') || name === '__typename');

/** The type of what `@include` and `@skip` take. */
const CONDITION: TypeNode = {
  kind: Kind.NON_NULL_TYPE,
  type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'Boolean' } },
};

const variablesOf = ({ definitions }: DocumentNode): Map<string, VariableDefinitionNode> =>
  new Map(
    definitions
      .flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? one.variableDefinitions : []))
      .flatMap((one) => (one ? [[one.variable.name.value, one]] : [])),
  );

const withVariables = (
  document: DocumentNode,
  variableDefinitions: VariableDefinitionNode[],
): DocumentNode =>
  visit(document, {
    [Kind.OPERATION_DEFINITION]: (operation) => ({ ...operation, variableDefinitions }),
  });

const definitionOf = (variable: string, type: TypeNode): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: variableNode(variable),
  type,
});

/** @param replaced errors are located there */
const variableNode = (value: string, replaced?: ValueNode): VariableNode => ({
  kind: Kind.VARIABLE,
  name: { kind: Kind.NAME, value },
  ...(replaced?.loc && { loc: replaced.loc }),
});
