import { isRecord } from '../../common/is-record.js';
import { cleanReason } from '../../common/text/foreign-text.js';

/**
 * The meaning of a failed request's words.
 * `exists`: there is a certificate; words alone never prove that. `refused`: asking again will not help. `failing`:
 * asking again may help; also when the meaning is unclear.
 */
export type Refusal =
  { kind: 'exists' } | { kind: 'refused'; reason: string } | { kind: 'failing' };

const EXISTS_STATUS = 409;
const EXISTS_CODE =
  /^(CONFLICT|ALREADY_EXISTS|CERTIFICATE_(ALREADY_)?EXISTS|DUPLICATE\w*|23505|11000)$/i;
const EXISTS_TEXT = [
  /\balready (exist|issued|created|been (issued|created)|got|(has|have|holds) (a|an|the|this|one)\b)/i,
  /\bduplicate (key|entry|certificate)|E11000/i,
  /existe déjà|déjà (émis|délivré|créé)|ya existe|ya (fue )?emitido|existiert bereits|bereits (vorhanden|ausgestellt)|já existe/i,
  /موجود[ةه]? (بالفعل|مسبق)/,
];
/** A bare "exists" means issued, unless negated or part of a transient failure. */
const BARE_EXISTS = /\bexist(s|ed|e|iert)?\b/i;
const NEGATION = /\b(not|no|cannot|never|nicht|pas|nao)\b|n't|não/i;

/** Too early, too many requests, or a timeout: a 4xx status, but not permanent. */
const PASSING_STATUS = new Set([408, 425, 429]);
const PASSING_CODE =
  /INTERNAL|TIMEOUT|TIMED_?OUT|UNAVAILABLE|OVERLOAD|RATE_LIMITED|ECONN|EAI_AGAIN/i;
const PASSING_TEXT =
  /internal|time(d)?[- ]?out|unavailable|overload|too many|temporar|try again|deadlock|ECONN|connection|unexpected/i;

const REASON_LENGTH = 200;

/** Reads an `err`, or a reply with `success: false`, of the certificate service, in any form. */
export function readRefusal(error: unknown): Refusal {
  const { texts, codes, statuses } = collect(error);
  const text = texts.join('; ');
  const exists =
    statuses.includes(EXISTS_STATUS) ||
    codes.some((code) => EXISTS_CODE.test(code)) ||
    EXISTS_TEXT.some((pattern) => pattern.test(text));
  if (exists) return { kind: 'exists' };

  const passing =
    statuses.some((status) => status >= 500 || PASSING_STATUS.has(status)) ||
    codes.some((code) => PASSING_CODE.test(code)) ||
    PASSING_TEXT.test(text);
  if (passing) return { kind: 'failing' };
  if (BARE_EXISTS.test(text) && !NEGATION.test(text)) return { kind: 'exists' };

  const reason = wordsOf({ texts, codes, statuses });
  return reason ? { kind: 'refused', reason } : { kind: 'failing' };
}

/** The error's own words, safe to store and show: at most 200 characters. */
export function reasonOf(error: unknown): string {
  return wordsOf(collect(error)) || 'an error without a reason';
}

const wordsOf = ({ texts, codes, statuses }: Signs): string =>
  cleanReason(texts.join('; '), REASON_LENGTH) ||
  cleanReason(codes.join(' '), REASON_LENGTH) ||
  (statuses.length > 0 ? `status ${statuses.join(' ')}` : '');

interface Signs {
  texts: string[];
  codes: string[];
  statuses: number[];
}

/** Errors come as texts, as `{ message, statusCode }`, or wrapped in one another. */
function collect(
  error: unknown,
  signs: Signs = { texts: [], codes: [], statuses: [] },
  depth = 0,
): Signs {
  if (typeof error === 'string') {
    if (error !== '') signs.texts.push(error);
  } else if (Array.isArray(error)) {
    for (const part of error) if (depth < MAXIMUM_DEPTH) collect(part, signs, depth + 1);
  } else if (isRecord(error)) {
    for (const key of ['statusCode', 'status', 'code']) note(error[key], signs);
    for (const key of ['message', 'error', 'response', 'extensions', 'details']) {
      if (depth < MAXIMUM_DEPTH) collect(error[key], signs, depth + 1);
    }
  }
  return signs;
}

const MAXIMUM_DEPTH = 4;

/** NestJS's own `status: 'error'` has no meaning. */
function note(sign: unknown, { codes, statuses }: Signs): void {
  const number = typeof sign === 'string' && /^\d{3}$/.test(sign) ? Number(sign) : sign;
  if (typeof number === 'number' && number >= 400 && number < 600) statuses.push(number);
  else if (typeof sign === 'number' || (typeof sign === 'string' && sign !== 'error'))
    codes.push(String(sign));
}
