import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { FALLBACK_LANGUAGE, LANGUAGES } from './languages.js';

/** Longer than any browser's; what is longer is not read. */
const HEADER_MAXIMUM = 256;

const supported: string[] = [...LANGUAGES];
/** Clients send the same few headers over and over. */
const known = new LRUCache<string, string>({ max: 1_000 });

/** The language to answer in, from an Accept-Language header: quality values, regions and `*` count. */
export function negotiateLanguage(header: string | undefined): string {
  if (!header || header.length > HEADER_MAXIMUM) return FALLBACK_LANGUAGE;
  const before = known.get(header);
  if (before !== undefined) return before;
  const negotiator = new Negotiator({ headers: { 'accept-language': header } });
  const language = negotiator.language(supported) ?? FALLBACK_LANGUAGE;
  known.set(header, language);
  return language;
}
