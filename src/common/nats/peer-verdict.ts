import { PeerUnavailableError, type UnavailableReason } from './peer-unavailable.error.js';
import { isRecord } from '../is-record.js';
import { hasPassingStatus, mayPass, signsOf } from './error-signs.js';
import { idOf } from './reply-data.js';
import type { PeerAnswer } from './wire-reply.js';

/**
 * What a peer's answer says about the requested record.
 * `absent`: there is none. `unavailable`: unknown, ask again.
 * `refused`: an error with the peer's own text; the caller must judge it.
 */
export type Verdict =
  | { readonly kind: 'found'; readonly data: Record<string, unknown> | readonly unknown[] }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'unavailable';
      readonly reason: Extract<UnavailableReason, 'failing' | 'malformed'>;
      /** The peer's answer. It can hold personal data: never log it. */
      readonly error: unknown;
    }
  | { readonly kind: 'refused'; readonly error: unknown; readonly saysNotFound: boolean };

/** What NestJS's generic error, "Internal server error", means on this platform: `PEER_GENERIC_ERROR`. */
export type GenericError = 'unavailable' | 'absent';

/**
 * Judges an answer: the platform's `{ success, message, data }`, a bare list or record, nothing, or an error. A list is
 * `found`, even when it is empty: only the caller knows whether that means 'none'.
 */
export function verdictOf(answer: PeerAnswer, generic: GenericError = 'unavailable'): Verdict {
  if (answer.kind === 'refused') return verdictOnError(answer.error, generic);
  const { value } = answer;
  if (value === null) return { kind: 'absent' };
  if (Array.isArray(value)) return { kind: 'found', data: value };
  if (!isRecord(value)) return malformed(value);

  const { success, data } = value;
  if (data === null || data === undefined) {
    const verdict = verdictOnMissing(value, generic);
    if (verdict) return verdict;
  }
  if (isBare(value)) return { kind: 'found', data: value };
  if (success === false || !(isRecord(data) || Array.isArray(data))) return malformed(value);
  return { kind: 'found', data };
}

/**
 * The requested record, or null for 'not found'. A refusal with the peer's own text also means 'not found'.
 * @throws PeerUnavailableError when the answer is unclear, or is no record.
 */
export function dataOrNotFound(subject: string, verdict: Verdict): Record<string, unknown> | null {
  if (verdict.kind === 'unavailable') throw new PeerUnavailableError(verdict.reason, subject);
  if (verdict.kind !== 'found') return null;
  if (!isRecord(verdict.data)) throw new PeerUnavailableError('malformed', subject);
  return verdict.data;
}

/** An answer without data: null where it may be a bare record. A status in it is an error that was returned, not thrown. */
function verdictOnMissing(value: Record<string, unknown>, generic: GenericError): Verdict | null {
  const { success, data } = value;
  const { statuses } = signsOf(value);
  if (statuses.length > 0) {
    const verdict = verdictOnError(value, generic);
    return verdict.kind === 'refused' ? { kind: 'absent' } : verdict;
  }
  return data === null || success === false ? { kind: 'absent' } : null;
}

/** A record without `{ data }` around it must have an id and no signs of an error. */
function isBare(value: Record<string, unknown>): boolean {
  const wrapped = ['success', 'data', 'statusCode'].some((name) => name in value);
  return !wrapped && idOf(value) !== null;
}

/** NestJS sends these words for every exception that is no RpcException: for NotFoundException, too. */
const GENERIC = 'Internal server error';
const NOT_FOUND_STATUS = new Set([404, 410]);
const NOT_FOUND_TEXT = /\b(not|never) (be )?found\b|does(n't| not) exist|no such\b/i;
/** The peer does not let us ask. That says nothing about the record. */
const FORBIDDEN_STATUS = new Set([401, 402, 403, 407]);

/**
 * An explicit status leads over words. A peer without its database and one that threw NotFoundException send the same
 * generic error, so only `PEER_GENERIC_ERROR=absent` makes that an absence.
 */
function verdictOnError(error: unknown, generic: GenericError): Verdict {
  const signs = signsOf(error);
  const { statuses, texts } = signs;
  if (statuses.length === 0 && texts.length === 1 && texts[0] === GENERIC) {
    return generic === 'absent' ? { kind: 'absent' } : failing(error);
  }
  if (hasPassingStatus(signs)) return failing(error);
  if (statuses.some((status) => NOT_FOUND_STATUS.has(status))) return { kind: 'absent' };
  if (statuses.some((status) => FORBIDDEN_STATUS.has(status))) return failing(error);
  const saysNotFound = texts.some((text) => NOT_FOUND_TEXT.test(text));
  return mayPass(signs) && !saysNotFound
    ? failing(error)
    : { kind: 'refused', error, saysNotFound };
}

function failing(error: unknown): Verdict {
  return { kind: 'unavailable', reason: 'failing', error };
}

function malformed(error: unknown): Verdict {
  return { kind: 'unavailable', reason: 'malformed', error };
}
