/** The languages that every message exists in; the first is the fallback. */
export const LANGUAGES = ['en', 'ar', 'fr', 'es', 'de'] as const;

export type LanguageCode = (typeof LANGUAGES)[number];

export const FALLBACK_LANGUAGE: LanguageCode = 'en';

/** In which direction a language is written, as HTML's `dir` has it. */
export const directionOf = (language: string): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');
