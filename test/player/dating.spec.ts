import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wallSeconds as asThePlayer } from '../../packages/player/src/sender/dating.js';
import { wallSeconds as asTheService } from '../../src/modules/user-progress/evidence/credit-beat.js';

it.each([
  { maxRate: 2, quarters: { min: 2, max: 8 } },
  { maxRate: 16, quarters: { min: 9, max: 64 } },
])('the player knows what the service takes a beat to claim: at most $maxRate×', (given) => {
  const rates = fc.integer(given.quarters).map((quarters) => quarters / 4);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), rates, (played, rate) => {
      const tooMuch = asThePlayer(played, rate) - asTheService(played, rate, given.maxRate);
      // Too little, and a beat is clipped. Too much, and the next ones are dated too late.
      expect(tooMuch).toBeGreaterThanOrEqual(0);
      expect(tooMuch).toBeLessThanOrEqual(1);
    }),
  );
});
