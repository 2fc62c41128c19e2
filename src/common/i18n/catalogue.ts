import arErrors from './ar/errors.json' with { type: 'json' };
import arPage from './ar/page.json' with { type: 'json' };
import arSuccess from './ar/success.json' with { type: 'json' };
import arValidation from './ar/validation.json' with { type: 'json' };
import deErrors from './de/errors.json' with { type: 'json' };
import dePage from './de/page.json' with { type: 'json' };
import deSuccess from './de/success.json' with { type: 'json' };
import deValidation from './de/validation.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enPage from './en/page.json' with { type: 'json' };
import enSuccess from './en/success.json' with { type: 'json' };
import enValidation from './en/validation.json' with { type: 'json' };
import esErrors from './es/errors.json' with { type: 'json' };
import esPage from './es/page.json' with { type: 'json' };
import esSuccess from './es/success.json' with { type: 'json' };
import esValidation from './es/validation.json' with { type: 'json' };
import frErrors from './fr/errors.json' with { type: 'json' };
import frPage from './fr/page.json' with { type: 'json' };
import frSuccess from './fr/success.json' with { type: 'json' };
import frValidation from './fr/validation.json' with { type: 'json' };
import type { LanguageCode } from './languages.js';

/** All messages: language, then file, then key. Imported, so that a build cannot leave one out. */
export const CATALOGUE: Record<LanguageCode, Record<string, Record<string, string>>> = {
  en: { errors: enErrors, page: enPage, success: enSuccess, validation: enValidation },
  ar: { errors: arErrors, page: arPage, success: arSuccess, validation: arValidation },
  fr: { errors: frErrors, page: frPage, success: frSuccess, validation: frValidation },
  es: { errors: esErrors, page: esPage, success: esSuccess, validation: esValidation },
  de: { errors: deErrors, page: dePage, success: deSuccess, validation: deValidation },
};
