import { PeerUnavailableError, type UnavailableReason } from './peer-unavailable.error.js';
import { isRecord } from '../is-record.js';
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
  | { readonly kind: 'refused'; readonly error: unknown };

/**
 * Judges an answer: the platform's `{ success, message, data }`, a bare list or record, nothing, or an error. A list is
 * `found`, even when it is empty: only the caller knows whether that means 'none'.
 */
export function verdictOf(answer: PeerAnswer): Verdict {
  if (answer.kind === 'refused') return verdictOnError(answer.error);
  const { value } = answer;
  if (value === null) return { kind: 'absent' };
  if (Array.isArray(value)) return { kind: 'found', data: value };
  if (!isRecord(value)) return malformed(value);

  const { success, data } = value;
  if (data === null) return { kind: 'absent' };
  if (data === undefined && (success === false || isNotFound(value))) return { kind: 'absent' };
  if (isBare(value)) return { kind: 'found', data: value };
  if (success === false || !(isRecord(data) || Array.isArray(data))) return malformed(value);
  return { kind: 'found', data };
}

/**
 * The requested record, or null for 'not found'. A refusal with the peer's own text also means 'not found'.
 * @throws PeerUnavailableError when the answer is unclear, or is no record.
 */
export function dataOrNotFound(
  subject: string,
  answer: PeerAnswer,
): Record<string, unknown> | null {
  const verdict = verdictOf(answer);
  if (verdict.kind === 'unavailable') throw new PeerUnavailableError(verdict.reason, subject);
  if (verdict.kind !== 'found') return null;
  if (!isRecord(verdict.data)) throw new PeerUnavailableError('malformed', subject);
  return verdict.data;
}

/** A record without `{ data }` around it must have an id and no signs of an error. */
function isBare(value: Record<string, unknown>): boolean {
  const wrapped = ['success', 'data', 'statusCode'].some((name) => name in value);
  return !wrapped && idOf(value) !== null;
}

function verdictOnError(error: unknown): Verdict {
  if (isRecord(error)) {
    if (isGeneric(error)) return { kind: 'unavailable', reason: 'failing', error };
    if (isNotFound(error)) return { kind: 'absent' };
  }
  return { kind: 'refused', error };
}

/**
 * NestJS sends this for every exception that is no RpcException. A peer without its database and one that threw
 * NotFoundException send the same bytes, so it must not be read as 'absent'.
 */
function isGeneric(error: Record<string, unknown>): boolean {
  return error['status'] === 'error' && error['message'] === 'Internal server error';
}

/** An HTTP exception arrives as `{ status, response: { statusCode } }`, or as its response alone. */
function isNotFound(said: Record<string, unknown>): boolean {
  const response = isRecord(said['response']) ? said['response'] : {};
  return [said['status'], said['statusCode'], response['statusCode']].includes(404);
}

function malformed(error: unknown): Verdict {
  return { kind: 'unavailable', reason: 'malformed', error };
}
