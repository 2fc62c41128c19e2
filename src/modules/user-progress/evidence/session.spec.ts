import { describe, expect, it } from 'vitest';
import {
  aBeat,
  anEvidence,
  EVIDENCE_RULES as RULES,
  secondsAgo,
} from '../../../../test/for-specs.ts';
import { creditBeat } from './credit-beat.js';
import type { CountedBeats } from './session.js';

const send = (session: CountedBeats, seq: number, age: number, to = 10) =>
  creditBeat(
    aBeat({ seq, from: to - 10, to, at: secondsAgo(age) }),
    Object.assign(anEvidence(), { session }),
    RULES,
  );

describe('a session whose name is used again, from 0', () => {
  it('is told so, and nothing is counted', () => {
    const session: CountedBeats = { counted: [] };
    for (let seq = 0; seq < 5; seq += 1) send(session, seq, 1_000 - seq * 10);
    const before = structuredClone(session);
    for (let seq = 0; seq < 4; seq += 1) {
      expect(send(session, seq, 100 - seq * 10)).toEqual({
        seq,
        result: 'REJECTED',
        creditedSeconds: 0,
        reason: 'SESSION_REUSED',
      });
    }
    expect(session).toEqual(before);
  });

  it('is never found where beats are only sent again, in whatever order', () => {
    const session: CountedBeats = { counted: [] };
    const order = [3, 0, 4, 1, 2];
    for (const seq of order) expect(send(session, seq, 1_000 - seq * 10).result).toBe('COUNTED');
    for (const seq of [...order, ...order]) {
      expect(send(session, seq, 1_000 - seq * 10).result).toBe('DUPLICATE');
    }
  });

  it('is not found where the player’s clock was put back, or the last beat got a new time', () => {
    const session: CountedBeats = { counted: [] };
    send(session, 0, 100);
    send(session, 1, 2_000);
    expect(send(session, 0, 100).result).toBe('DUPLICATE');
    expect(send(session, 1, 50).result).toBe('DUPLICATE');
  });

  it('is not judged by what an older version of the service did not note', () => {
    const session: CountedBeats = { counted: [[0, 5]], latest: null };
    expect(send(session, 2, 10).result).toBe('DUPLICATE');
    send(session, 5, 50);
    expect(send(session, 2, 10).reason).toBe('SESSION_REUSED');
  });
});
