import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { FALLBACK_LANGUAGE, LANGUAGES } from './languages.js';

/** Longer than any browser's header; a longer one is ignored. */
const HEADER_MAXIMUM = 256;

const supported: string[] = [...LANGUAGES];
/** By header: clients send the same few again and again. Empty when the header names no language that we have. */
const known = new LRUCache<string, string>({ max: 1_000 });

/** The language of the answer, from an Accept-Language header. Quality values, regions and `*` are understood. */
export function negotiateLanguage(header: string | undefined): string {
  return languageIn(header) || FALLBACK_LANGUAGE;
}

/** The language of the answer: `x-lang`, the platform's own header, comes before Accept-Language. */
export function languageOf(headers: IncomingHttpHeaders): string {
  const own = headers['x-lang'];
  return (
    (typeof own === 'string' && languageIn(own)) || negotiateLanguage(headers['accept-language'])
  );
}

function languageIn(header: string | undefined): string {
  if (!header || header.length > HEADER_MAXIMUM) return '';
  const before = known.get(header);
  if (before !== undefined) return before;
  const negotiator = new Negotiator({ headers: { 'accept-language': header } });
  const language = negotiator.language(supported) ?? '';
  known.set(header, language);
  return language;
}
