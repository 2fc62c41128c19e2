import { describe, expect, it } from 'vitest';
import { readReply, REPLY_BYTES_MAXIMUM } from './wire-reply.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (reply: unknown) => readReply('user.get.by.id', 'r1', bytes(JSON.stringify(reply)));
const reasonOf = (body: Uint8Array) => {
  try {
    return readReply('user.get.by.id', 'r1', body);
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

describe('readReply', () => {
  it('reads a response', () => {
    expect(read({ response: { a: 1 }, isDisposed: true, id: 'r1' })).toEqual({
      kind: 'answer',
      value: { a: 1 },
    });
  });

  it('reads an error as a refusal, not as an absence of the peer', () => {
    expect(read({ err: 'no', isDisposed: true, id: 'r1' })).toEqual({
      kind: 'refused',
      error: 'no',
    });
  });

  it('reads a reply without an id', () => {
    expect(read({ response: null, isDisposed: true })).toEqual({ kind: 'answer', value: null });
  });

  it('reads an empty body, and a response that JSON dropped, as null', () => {
    expect(readReply('user.get.by.id', 'r1', bytes(''))).toEqual({ kind: 'answer', value: null });
    expect(read({ isDisposed: true, id: 'r1' })).toEqual({ kind: 'answer', value: null });
  });

  it.each([
    ['no JSON', bytes('{"response":')],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['a number', bytes('7')],
    ['a list', bytes('[{"response":1}]')],
    ['an object of another shape', bytes('{"result":1}')],
    ['a reply to another request', bytes('{"response":1,"isDisposed":true,"id":"r2"}')],
  ])('does not make sense of %s', (_, body) => {
    expect(reasonOf(body)).toBe('malformed');
  });

  it('does not read a reply beyond the limit', () => {
    expect(reasonOf(new Uint8Array(REPLY_BYTES_MAXIMUM + 1))).toBe('too_large');
  });
});
