import { describe, expect, it } from 'vitest';
import { idOf } from './reply-data.js';

describe('idOf', () => {
  it('finds the id under either name', () => {
    expect(idOf({ _id: 'a' })).toBe('a');
    expect(idOf({ id: 'a' })).toBe('a');
  });

  it.each([[{}], [{ id: 7 }], [{ id: '' }], [{ id: 'a b' }], [{ id: 'x'.repeat(27) }]])(
    'finds none in %j',
    (record) => {
      expect(idOf(record)).toBeNull();
    },
  );
});
