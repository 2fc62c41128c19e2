import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { FieldProblem } from '../errors/invalid-fields.error.js';
import { CATALOGUE } from '../i18n/catalogue.js';
import { FALLBACK_LANGUAGE } from '../i18n/languages.js';
import type { MessageArgs } from '../i18n/messages.js';

const KNOWN_KEYS = CATALOGUE[FALLBACK_LANGUAGE]['validation'] ?? {};

/**
 * The findings of class-validator as translation keys: the constraint's name and its values. class-validator itself
 * puts these values only into its English message.
 */
export function validationProblems(
  errors: readonly ValidationError[],
  parent = '',
): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = parent + error.property;
    const own = Object.keys(error.constraints ?? {}).map((constraint) => ({
      field,
      key: constraint in KNOWN_KEYS ? constraint : 'invalid',
      args: constraintArgs(error, constraint),
    }));
    return [...own, ...validationProblems(error.children ?? [], `${field}.`)];
  });
}

function constraintArgs({ target, property }: ValidationError, constraint: string): MessageArgs {
  if (!target) return {};
  const rule = getMetadataStorage()
    .getTargetValidationMetadatas(target.constructor, '', true, false)
    .find((candidate) => candidate.propertyName === property && candidate.name === constraint);
  const [first, second] = (rule?.constraints ?? []) as unknown[];
  const args: MessageArgs = {};
  if (first !== undefined) args['constraint'] = args['minimum'] = spelled(first);
  if (second !== undefined) args['maximum'] = spelled(second);
  return args;
}

function spelled(value: unknown): string | number {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null
    ? Object.values(value).join(', ')
    : String(value);
}
