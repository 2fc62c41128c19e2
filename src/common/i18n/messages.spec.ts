import { describe, expect, it } from 'vitest';
import { languageOf, negotiateLanguage } from './accept-language.js';
import { CATALOGUE } from './catalogue.js';
import { LANGUAGES } from './languages.js';
import { Messages } from './messages.js';

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)).sort();

describe('the messages', () => {
  const files = Object.keys(CATALOGUE.en);

  it.each(LANGUAGES.flatMap((language) => files.map((file) => [language, file] as const)))(
    'in %s/%s.json are the English ones, with the same placeholders',
    (language, file) => {
      const shape = (messages: Record<string, string> = {}) =>
        Object.fromEntries(
          Object.entries(messages).map(([key, text]) => [key, placeholders(text)]),
        );
      expect(shape(CATALOGUE[language][file])).toEqual(shape(CATALOGUE.en[file]));
    },
  );

  it.each(LANGUAGES.filter((language) => language !== 'en'))(
    'are translated into %s',
    (language) => {
      for (const file of files) {
        for (const [key, text] of Object.entries(CATALOGUE[language][file] ?? {})) {
          expect(text.trim(), `${file}.${key}`).not.toBe('');
          expect(text, `${file}.${key}`).not.toBe(CATALOGUE.en[file]?.[key]);
        }
      }
    },
  );

  const messages = new Messages();

  it('are filled in, in the language asked for', () => {
    expect(messages.text('errors.courseNotFound', 'es', { id: 'c-1' })).toBe(
      'El curso «c-1» no existe.',
    );
  });

  it('take what an argument contains as it is', () => {
    expect(
      messages.text('errors.courseNotFound', 'en', { id: '{id} $& $t(errors.forbidden)' }),
    ).toBe('Course “{id} $& $t(errors.forbidden)” does not exist.');
  });

  it('fall back to English, then to the key', () => {
    expect(messages.text('errors.forbidden', 'nl')).toBe('You are not allowed to do this.');
    expect(messages.text('errors.unheardOf', 'fr')).toBe('errors.unheardOf');
  });
});

describe('the language of an answer', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['FR-ca', 'fr'],
    ['ar-EG,ar;q=0.9,en;q=0.8', 'ar'],
    ['nl, de;q=0.5, es;q=0.7', 'es'],
    ['nl', 'en'],
    ['*', 'en'],
    ['nl, *;q=0.1', 'en'],
    ['en;q=0, de;q=0.1', 'de'],
    ['de;q=0', 'en'],
    ['de;q=abc', 'en'],
    ['zh-Hant-TW, es-419;q=0.9', 'es'],
    ['../../etc/passwd', 'en'],
    [`${'a,'.repeat(200)}de`, 'en'],
  ])('for Accept-Language %j is %s', (header, language) => {
    expect(negotiateLanguage(header)).toBe(language);
  });

  it.each([
    [{ 'x-lang': 'ar', 'accept-language': 'fr' }, 'ar'],
    [{ 'x-lang': 'de-AT' }, 'de'],
    [{ 'x-lang': '', 'accept-language': 'fr' }, 'fr'],
    [{ 'x-lang': 'klingon', 'accept-language': 'fr' }, 'fr'],
    [{ 'accept-language': 'fr' }, 'fr'],
  ])('for the headers %j is %s: the platform’s x-lang leads', (headers, language) => {
    expect(languageOf(headers)).toBe(language);
  });
});
