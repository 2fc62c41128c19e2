import type { Environment } from '../../config/environment.js';
import { isRecord } from '../is-record.js';
import { meaningOf } from './error-meaning.js';
import { signsOf } from './error-signs.js';
import { PeerUnavailableError, type UnavailableReason } from './peer-unavailable.error.js';
import { idOf } from './reply-data.js';
import type { PeerAnswer } from './wire-reply.js';

/**
 * What a peer's answer says about the requested record.
 * `absent`: there is none. `unavailable`: unknown, ask again.
 * `refused`: an error that says something else; the caller must judge it.
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
  | { readonly kind: 'refused'; readonly error: unknown };

/** What an error that says nothing means. `absent` makes a refusal of it: it never loses what is known. */
export type GenericError = Environment['PEER_GENERIC_ERROR'];

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
  if (isRecord(data) || Array.isArray(data)) {
    if (hasErrorStatus(value)) return verdictOnError(value, generic);
    return success === false ? malformed(value) : { kind: 'found', data };
  }
  if (isBare(value)) return { kind: 'found', data: value };
  return verdictOnNothing(value, generic);
}

/**
 * The requested record, or null for 'not found'. A refusal with the peer's own text also means 'not found'.
 * @throws PeerUnavailableError when the answer is unclear, or is no record.
 */
export function dataOrNotFound(
  subject: string,
  answer: PeerAnswer,
  generic?: GenericError,
): Record<string, unknown> | null {
  const verdict = verdictOf(answer, generic);
  if (verdict.kind === 'unavailable') throw new PeerUnavailableError(verdict.reason, subject);
  if (verdict.kind !== 'found') return null;
  if (!isRecord(verdict.data)) throw new PeerUnavailableError('malformed', subject);
  return verdict.data;
}

/** A record without `{ data }` around it must have an id and no signs of an error. */
function isBare(value: Record<string, unknown>): boolean {
  const wrapped = ['success', 'data', 'statusCode'].some((name) => name in value);
  return !wrapped && idOf(value) !== null && !hasErrorStatus(value);
}

/** An answer without data: the platform's 'there is none', or an error that was not thrown but answered. */
function verdictOnNothing(value: Record<string, unknown>, generic: GenericError): Verdict {
  const signs = signsOf(value);
  const meaning = meaningOf(signs);
  if (meaning === 'absent') return { kind: 'absent' };

  const { success, data } = value;
  const hasStatus = hasErrorStatus(value);
  if (data === undefined && success !== false && idOf(value) !== null) return malformed(value);
  const isFailure = meaning === 'failing' || (meaning === 'generic' && signs.texts.length > 0);
  if (hasStatus || (success !== true && isFailure)) return verdictOnError(value, generic);
  const saysNone = data === null || (data === undefined && success === false);
  return saysNone ? { kind: 'absent' } : malformed(value);
}

/**
 * NestJS sends the same generic error for every exception that is no RpcException. A peer without its database and one
 * that threw NotFoundException send the same bytes, so it must not be read as 'absent'.
 */
function verdictOnError(error: unknown, generic: GenericError): Verdict {
  const meaning = meaningOf(signsOf(error));
  if (meaning === 'absent') return { kind: 'absent' };
  if (meaning === 'failing' || (meaning === 'generic' && generic === 'unavailable')) {
    return { kind: 'unavailable', reason: 'failing', error };
  }
  return { kind: 'refused', error };
}

function hasErrorStatus({ statusCode, status }: Record<string, unknown>): boolean {
  return signsOf({ statusCode, status }).statuses.length > 0;
}

function malformed(error: unknown): Verdict {
  return { kind: 'unavailable', reason: 'malformed', error };
}
