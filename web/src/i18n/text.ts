import type { ComponentChildren } from 'preact';
import { count } from '../format/numbers.ts';
import { current, type Key } from './language.ts';

const PLACEHOLDER = /\{(\w+)\}/;

type Values = Record<string, string | number>;

/** The text of `key` in the reader's language. `{count}` chooses the plural form; numbers are written as there. */
export function text(key: Key, values: Values = {}): string {
  return partsOf(key, values['count'])
    .map((part, index) => (index % 2 === 0 ? part : String(written(values[part]))))
    .join('');
}

/** The same with elements in it: titles of foreign origin, and links. */
export function phrase(key: Key, values: Record<string, ComponentChildren>): ComponentChildren[] {
  return partsOf(key, values['count']).map((part, index) =>
    index % 2 === 0 ? part : written(values[part]),
  );
}

const written = <Value>(value: Value): Value | string =>
  typeof value === 'number' ? count(value) : value;

/** Every second part is the name of a value. */
const partsOf = (key: Key, counted: unknown): string[] =>
  templateOf(key, counted).split(PLACEHOLDER);

function templateOf(key: Key, counted: unknown): string {
  const { language, catalogue } = current.value;
  const found = catalogue[key];
  if (typeof found === 'string') return found;
  const form = new Intl.PluralRules(language).select(Number(counted));
  return found[form] ?? found.other ?? key;
}

/** A foreign text inside one of ours: it must not turn the direction of what follows. */
export const isolated = (foreign: string): string => `\u2068${foreign}\u2069`;
