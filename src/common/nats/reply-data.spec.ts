import { describe, expect, it } from 'vitest';
import { dataOrNotFound, idOf, idsOf } from './reply-data.js';
import { PeerUnavailableError } from './peer-unavailable.error.js';

const answer = (value: unknown) => dataOrNotFound('user.get.by.id', { kind: 'answer', value });

describe('dataOrNotFound', () => {
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
      dataOrNotFound('user.get.by.id', { kind: 'refused', error: { status: 500 } }),
    ).toBeNull();
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

describe('idOf', () => {
  it('finds the id under either name', () => {
    expect(idOf({ _id: 'a' })).toBe('a');
    expect(idOf({ id: 'a' })).toBe('a');
  });

  it('reads the id of a MongoDB document', () => {
    const $oid = '6740a1f0c3d2e4b5a69788ff';
    expect(idOf({ _id: { $oid } })).toBe($oid);
    expect(idsOf({ _id: { $oid }, id: 'a' })).toEqual([$oid, 'a']);
    expect(idOf({ _id: { $oid: { $oid } } })).toBeNull();
  });

  it.each([[{}], [{ id: 7 }], [{ id: '' }], [{ id: 'a b' }], [{ id: 'x'.repeat(27) }]])(
    'finds none in %j',
    (record) => {
      expect(idOf(record)).toBeNull();
    },
  );
});
