import { signal } from '@preact/signals';
import english from './en.json';

/** The languages of the service; each has a file beside this one. */
export const LANGUAGES = {
  en: 'English',
  ar: 'العربية',
  fr: 'Français',
  es: 'Español',
  de: 'Deutsch',
};

export type Language = keyof typeof LANGUAGES;
export type Key = keyof typeof english;
/** A text, or one for each plural form of the language. */
export type Catalogue = Record<Key, string | Partial<Record<Intl.LDMLPluralRule, string>>>;

/** A file of its own each: only the one that is used is loaded. The build leaves its texts in it, without their keys. */
const OTHERS: Record<Exclude<Language, 'en'>, () => Promise<{ default: unknown }>> = {
  ar: () => import('./ar.json'),
  fr: () => import('./fr.json'),
  es: () => import('./es.json'),
  de: () => import('./de.json'),
};

/** The language, and how its numbers and dates are written: `en-GB` where the reader is British. */
export const current = signal<{ language: Language; locale: string; catalogue: Catalogue }>({
  language: 'en',
  locale: 'en',
  catalogue: english,
});

let choices = 0;

/** Speaks the first of these languages that there is. Otherwise, and where its file cannot be had, all stays as it is. */
export async function chooseLanguage(wanted: readonly string[]): Promise<void> {
  const locale = wanted.find((tag) => Object.hasOwn(LANGUAGES, languageOf(tag)));
  if (locale === undefined) return;
  const language = languageOf(locale) as Language;
  const choice = ++choices;
  const catalogue = await catalogueOf(language).catch(() => null);
  // Another one was chosen while this one was loaded.
  if (catalogue === null || choice !== choices) return;
  current.value = { language, locale: usable(locale) ?? language, catalogue };
  const { documentElement: page } = document;
  page.lang = language;
  page.dir = language === 'ar' ? 'rtl' : 'ltr';
}

async function catalogueOf(language: Language): Promise<Catalogue> {
  if (language === 'en') return english;
  const texts = (await OTHERS[language]()).default as Catalogue[Key][];
  const keys = Object.keys(english);
  return Object.fromEntries(keys.map((key, index) => [key, texts[index]])) as Catalogue;
}

const languageOf = (tag: string): string => tag.toLowerCase().split('-')[0]!;

/** What a host calls a locale may be none: `Intl` would refuse it. */
function usable(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).baseName;
  } catch {
    return undefined;
  }
}
