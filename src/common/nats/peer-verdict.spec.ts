import { describe, expect, it } from 'vitest';
import { PeerUnavailableError } from './peer-unavailable.error.js';
import { dataOrNotFound, verdictOf, type GenericError } from './peer-verdict.js';
import type { PeerAnswer } from './wire-reply.js';

const said = (value: unknown): PeerAnswer => ({ kind: 'answer', value });
const threw = (error: unknown): PeerAnswer => ({ kind: 'refused', error });
const user = { id: 'u', role: 'user' };
const generic = { status: 'error', message: 'Internal server error' };
const notFound = { statusCode: 404, message: 'User not found', error: 'Not Found' };

const found = (data: unknown) => ({ kind: 'found', data });
const absent = { kind: 'absent' };
const malformed = { kind: 'unavailable', reason: 'malformed' };
const failing = { kind: 'unavailable', reason: 'failing' };
const refused = { kind: 'refused' };

describe("a peer's answer", () => {
  it.each<[string, PeerAnswer, object]>([
    [
      "the platform's usual answer",
      said({ success: true, message: 'ok', data: user }),
      found(user),
    ],
    ['data without success', said({ data: user, extra: 1 }), found(user)],
    ['data that is a list', said({ success: true, data: [user] }), found([user])],
    ['a bare list', said([user]), found([user])],
    ['a bare record', said({ _id: { $oid: 'c1' }, title: 'T' }), found({ title: 'T' })],
    ['an empty list, which its caller judges', said([]), found([])],

    ['nothing', said(null), absent],
    ['null data', said({ success: false, message: 'no', data: null }), absent],
    ['null data with success', said({ success: true, data: null }), absent],
    ['no data without success', said({ success: false, message: 'no' }), absent],
    ['an answer of status 404', said(notFound), absent],
    ['an error of status 404', threw(notFound), absent],
    ['an HTTP exception of status 404', threw({ status: 404, response: notFound }), absent],
    ['an HTTP exception in its response', threw({ response: notFound }), absent],

    ['the generic error, whatever it hides', threw(generic), failing],
    ['the generic words alone', threw({ message: 'Internal server error' }), failing],
    ['the generic words as a text', threw('Internal server error'), failing],
    ['an error of status 500', threw({ status: 500 }), failing],
    ['an error of status 503', threw({ statusCode: 503, message: 'Service Unavailable' }), failing],
    ['a status that is a text', threw({ statusCode: '503' }), failing],
    [
      'an HTTP exception of status 502',
      threw({ status: 502, response: { statusCode: 502, message: 'User not found' } }),
      failing,
    ],
    ['too many requests', threw({ statusCode: 429 }), failing],
    ['a refusal to let us ask', threw({ statusCode: 403, message: 'Forbidden resource' }), failing],
    ['a lost connection in its own words', threw('connect ECONNREFUSED 10.0.0.1:5432'), failing],
    ['a code of Node', threw({ status: 'error', message: 'x', code: 'ETIMEDOUT' }), failing],
    ['an answer of status 503', said({ statusCode: 503, message: 'Service Unavailable' }), failing],
    ['status 503 and null data', said({ success: false, data: null, statusCode: 503 }), failing],
    ['an answer of status 400', said({ statusCode: 400, message: 'bad id' }), absent],

    ['a text', said('yes'), malformed],
    ['a number', said(7), malformed],
    ['an empty object', said({}), malformed],
    ['a record without an id', said({ title: 'T' }), malformed],
    ['an id and the status of an error', said({ id: 'u', statusCode: 500 }), failing],
    ['an id and success without data', said({ success: true, id: 'u' }), malformed],
    ['success alone', said({ success: true }), malformed],
    ['data that is a text', said({ data: 'yes' }), malformed],
    ['data without success and with it', said({ success: false, data: user }), malformed],

    ['an error that is a text', threw('User not found'), refused],
    ['an error in its own words', threw({ status: 'error', message: 'User not found' }), refused],
    ['an error with a stack', threw({ message: 'x', stack: 'at peer.js:1:1' }), refused],
    ['an error of another status', threw({ status: 422 }), refused],
    ['generic words that say not found', threw('Internal server error: User not found'), refused],
    ['an error that is a list', threw([404]), refused],
  ])('of the form: %s', (_form, answer, verdict) => {
    expect(verdictOf(answer)).toMatchObject(verdict);
  });
});

describe('dataOrNotFound', () => {
  const answer = (value: unknown) =>
    dataOrNotFound('user.get.by.id', verdictOf({ kind: 'answer', value }));

  it('returns the data', () => {
    expect(answer({ success: true, message: 'ok', data: { id: 'u' } })).toEqual({ id: 'u' });
    expect(answer({ data: { id: 'u' }, extra: 1 })).toEqual({ id: 'u' });
  });

  it.each([
    ['an empty reply', null],
    ['null data', { success: false, message: 'no', data: null }],
    ['null data with success', { success: true, data: null }],
    ['no data without success', { success: false, message: 'no' }],
  ])('takes %s for not found', (_, value) => {
    expect(answer(value)).toBeNull();
  });

  it('takes an error for not found', () => {
    expect(dataOrNotFound('user.get.by.id', verdictOf(threw('User not found')))).toBeNull();
  });

  it('takes the generic error for not found only where the platform means that by it', () => {
    const judged = (error: unknown, meaning?: GenericError) =>
      dataOrNotFound('user.get.by.id', verdictOf(threw(error), meaning));
    const unavailable = expect.objectContaining({ reason: 'failing' });
    expect(() => judged(generic)).toThrow(unavailable);
    expect(judged(generic, 'absent')).toBeNull();
    expect(() => judged({ statusCode: 503 }, 'absent')).toThrow(unavailable);
  });

  it.each([
    ['text'],
    [{}],
    [{ success: true }],
    [{ data: [] }],
    [{ success: false, data: { id: 'u' } }],
  ])('does not guess what %j means', (value) => {
    expect(() => answer(value)).toThrow(PeerUnavailableError);
  });
});
