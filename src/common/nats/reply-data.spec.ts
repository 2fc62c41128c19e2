import { describe, expect, it } from 'vitest';
import { idOf, idsOf } from './reply-data.js';

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
