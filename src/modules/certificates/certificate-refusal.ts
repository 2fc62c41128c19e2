import { saysFailing } from '../../common/nats/error-meaning.js';
import { signsOf, type ErrorSigns } from '../../common/nats/error-signs.js';
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

const REASON_LENGTH = 200;

/** Reads an `err`, or a reply with `success: false`, of the certificate service, in any form. */
export function readRefusal(error: unknown): Refusal {
  const signs = signsOf(error);
  const { texts, codes, statuses } = signs;
  const text = texts.join('; ');
  const exists =
    statuses.includes(EXISTS_STATUS) ||
    codes.some((code) => EXISTS_CODE.test(code)) ||
    EXISTS_TEXT.some((pattern) => pattern.test(text));
  if (exists) return { kind: 'exists' };

  if (saysFailing(signs)) return { kind: 'failing' };
  if (BARE_EXISTS.test(text) && !NEGATION.test(text)) return { kind: 'exists' };

  const reason = wordsOf(signs);
  return reason ? { kind: 'refused', reason } : { kind: 'failing' };
}

/** The error's own words, safe to store and show: at most 200 characters. */
export function reasonOf(error: unknown): string {
  return wordsOf(signsOf(error)) || 'an error without a reason';
}

const wordsOf = ({ texts, codes, statuses }: ErrorSigns): string =>
  cleanReason(texts.join('; '), REASON_LENGTH) ||
  cleanReason(codes.join(' '), REASON_LENGTH) ||
  (statuses.length > 0 ? `status ${statuses.join(' ')}` : '');
