import { describe, expect, it } from 'vitest';
import { PeerUnavailableError } from './peer-unavailable.error.js';
import { dataOrNotFound, verdictOf } from './peer-verdict.js';
import type { PeerAnswer } from './wire-reply.js';

const said = (value: unknown): PeerAnswer => ({ kind: 'answer', value });
const threw = (error: unknown): PeerAnswer => ({ kind: 'refused', error });
const user = { id: 'u', role: 'user' };
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

    [
      'the generic error, whatever it hides',
      threw({ status: 'error', message: 'Internal server error' }),
      failing,
    ],

    ['a text', said('yes'), malformed],
    ['a number', said(7), malformed],
    ['an empty object', said({}), malformed],
    ['a record without an id', said({ title: 'T' }), malformed],
    ['an id and the status of an error', said({ id: 'u', statusCode: 500 }), malformed],
    ['an id and success without data', said({ success: true, id: 'u' }), malformed],
    ['success alone', said({ success: true }), malformed],
    ['data that is a text', said({ data: 'yes' }), malformed],
    ['data without success and with it', said({ success: false, data: user }), malformed],

    ['an error that is a text', threw('User not found'), absent],
    ['an error in words', threw({ status: 'error', message: 'User not found' }), absent],
    ['an error that is a list', threw([404]), absent],
    [
      'an error in its own words',
      threw({ status: 'error', message: 'The user is hidden' }),
      refused,
    ],
    ['an error with a stack', threw({ message: 'x', stack: 'at peer.js:1:1' }), refused],
    ['an error of another status', threw({ status: 500 }), failing],
    ['the generic words as another thing', threw({ message: 'Internal server error' }), failing],
    ['an error without a word', threw({}), failing],

    ['an error that was answered', said({ statusCode: 503, message: 'Away' }), failing],
    [
      'an error that was answered as no data',
      said({ success: false, message: 'connect ECONNREFUSED 10.0.0.7:5432', data: null }),
      failing,
    ],
    [
      'the generic error, answered as no data',
      said({ success: false, message: 'Internal server error', data: null }),
      failing,
    ],
    ['an error of GraphQL', said({ data: null, errors: [{ message: 'User not found' }] }), absent],
    [
      'an error of GraphQL that may pass',
      said({ data: null, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }),
      failing,
    ],
    ['data beside the status of an error', said({ statusCode: 502, data: user }), failing],
    ['data beside a good status', said({ statusCode: 200, data: user }), found(user)],
    ['a refusal that was answered', said({ statusCode: 400, message: 'Bad id' }), refused],
  ])('of the form: %s', (_form, answer, verdict) => {
    expect(verdictOf(answer)).toMatchObject(verdict);
  });
});

describe('the generic error, where a platform means absent by it', () => {
  const generic = threw({ status: 'error', message: 'Internal server error' });

  it('is a refusal: it means that there is none, but not that what is known is gone', () => {
    expect(verdictOf(generic, 'absent')).toMatchObject(refused);
    expect(dataOrNotFound('user.get.by.id', generic, 'absent')).toBeNull();
  });

  it('is no excuse for an explicit failure', () => {
    for (const error of [{ statusCode: 500, message: 'Internal server error' }, 'ECONNREFUSED'])
      expect(verdictOf(threw(error), 'absent')).toMatchObject(failing);
  });
});

describe('dataOrNotFound', () => {
  const answer = (value: unknown) => dataOrNotFound('user.get.by.id', { kind: 'answer', value });

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
    expect(
      dataOrNotFound('user.get.by.id', { kind: 'refused', error: { status: 400 } }),
    ).toBeNull();
  });

  it('does not take the generic error for not found', () => {
    const error = { status: 'error', message: 'Internal server error' };
    expect(() => dataOrNotFound('user.get.by.id', { kind: 'refused', error })).toThrow(
      expect.objectContaining({ reason: 'failing' }),
    );
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
