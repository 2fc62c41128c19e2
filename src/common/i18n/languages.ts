/** The languages that every message exists in; the first is the fallback. */
export const LANGUAGES = ['en', 'ar', 'fr', 'es', 'de'] as const;

export type LanguageCode = (typeof LANGUAGES)[number];

export const FALLBACK_LANGUAGE: LanguageCode = 'en';
