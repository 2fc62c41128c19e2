import { describe, expect, it } from 'vitest';
import { readPeerCounts } from './peer-counts.js';

const bytes = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

describe('what another process counted', () => {
  it('is read', () => {
    const told = { from: 'them', counts: { 'watch-user': [['me', 3]] } };
    expect(readPeerCounts(bytes(told), 10)).toEqual(told);
  });

  it.each<[string, unknown]>([
    ['nothing', ''],
    ['no JSON', '{"from":'],
    ['another shape', { from: 'them', counts: [] }],
    ['a negative count', { from: 'them', counts: { address: [['me', -5]] } }],
    ['a fraction', { from: 'them', counts: { address: [['me', 0.5]] } }],
    ['a long key', { from: 'them', counts: { address: [['x'.repeat(65), 1]] } }],
    [
      'too many keys',
      { from: 'them', counts: { address: Array.from({ length: 11 }, (_, key) => [`${key}`, 1]) } },
    ],
    ['a huge message', `"${'x'.repeat(2_000_000)}"`],
  ])('is left alone where it is %s', (_case, body) => {
    expect(readPeerCounts(bytes(body), 10)).toBeNull();
  });
});
