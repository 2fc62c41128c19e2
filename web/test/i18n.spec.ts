import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const LANGUAGES = ['en', 'ar', 'fr', 'es', 'de'];
/** Texts that are the same in several languages. */
const SAME = ['number', 'panel.csv', 'curve.sayUnseen'];

type Text = string | Record<string, string>;
const read = (language: string): Record<string, Text> =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'src', 'i18n', `${language}.json`), 'utf8'),
  );

const english = read('en');
const formsOf = (text: Text): string[] => (typeof text === 'string' ? [text] : Object.values(text));
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)).sort();
/** `one` and `two` may be words. */
const isWithin = (some: string[], all: string[]): boolean =>
  all.filter((name) => !some.includes(name)).every((name) => name === 'count') &&
  some.every((name) => all.includes(name));

describe.each(LANGUAGES)('the dashboard in %s', (language) => {
  const texts = read(language);

  it('has every text, and no other', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
  });

  it('has every plural form of its language', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [key, text] of Object.entries(texts)) {
      expect(typeof text, key).toBe(typeof english[key]);
      if (typeof text === 'string') continue;
      expect(Object.keys(text).toSorted(), key).toEqual(pluralCategories.toSorted());
    }
  });

  it('says in each text what the English one says', () => {
    for (const [key, text] of Object.entries(texts)) {
      const wanted = placeholders(formsOf(english[key]!).at(-1)!);
      for (const form of formsOf(text)) {
        expect(form.trim(), key).not.toBe('');
        expect(isWithin(placeholders(form), wanted), `${key}: ${form}`).toBe(true);
      }
    }
  });
});

it.each(LANGUAGES.slice(1))('the dashboard is translated into %s', (language) => {
  const same = Object.entries(read(language))
    .filter(
      ([key, text]) => !SAME.includes(key) && JSON.stringify(text) === JSON.stringify(english[key]),
    )
    .map(([key]) => key);
  expect(same).toEqual([]);
});
