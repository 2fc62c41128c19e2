import { describe, expect, it } from 'vitest';
import { heldRequests, signToken, startEdge, waitFor } from '../../../test/for-specs.ts';
import { Draining } from '../../common/health/draining.js';
import { GRAPHQL_PATH } from '../../common/request/graphql-path.js';
import { drain } from './drain.js';

const {
  askOver,
  connectTo,
  HoldingResolver,
  holdRequests,
  openConnections,
  releaseRequests,
  requestsHeld,
} = await heldRequests();

const BOTH_WAYS = ['true', 'false'];

describe.each(BOTH_WAYS)(
  'the HTTP edge as it stops (refusing before parsing: %s)',
  (beforeParsing) => {
    it('answers what it has begun, and is closed as soon as that is done', async () => {
      const edge = await startEdge([HoldingResolver], { REFUSE_BEFORE_PARSING: beforeParsing });
      const token = await signToken({ sub: 'me', role: 'user' });
      holdRequests();
      const answer = edge.graphql('{ hold }', { token });
      await requestsHeld(1);

      const closed = edge.close();
      await waitFor(() => edge.app.get(Draining).active, { message: 'the server is closing' });
      releaseRequests();
      expect((await answer).json.data).toEqual({ hold: 'released' });
      expect((await answer).headers.get('connection')).toBe('close');
      const released = performance.now();
      await closed;
      expect(performance.now() - released).toBeLessThan(2_000);
    });

    it('closes the connections of refused clients, too, and does not wait for them', async () => {
      const edge = await startEdge([HoldingResolver], {
        MAX_CONCURRENT_REQUESTS: '1',
        REFUSE_BEFORE_PARSING: beforeParsing,
      });
      const token = await signToken({ sub: 'me', role: 'user' });
      holdRequests();
      const answer = edge.graphql('{ hold }', { token });
      await requestsHeld(1);

      const kept = connectTo(edge);
      expect(await askOver(kept)).not.toMatch(/^connection: close/im);
      edge.app.get(Draining).begin();
      const times = { atLeastMs: 0, quietMs: 0, atMostMs: 0 };
      await drain(edge.app.getHttpServer(), (url) => url === GRAPHQL_PATH, times);
      const refused = await edge.graphql('{ __typename }', { token });
      expect(refused.status).toBe(503);
      expect(refused.headers.get('connection')).toBe('close');
      expect(await askOver(kept)).toMatch(/^connection: close/im);

      const started = performance.now();
      const closed = edge.close();
      releaseRequests();
      expect((await answer).json.data).toEqual({ hold: 'released' });
      await closed;
      expect(performance.now() - started).toBeLessThan(2_000);
    });

    it('does not wait for connections that were opened and never used', async () => {
      const edge = await startEdge([HoldingResolver], { REFUSE_BEFORE_PARSING: beforeParsing });
      connectTo(edge);
      await waitFor(async () => (await openConnections(edge)) === 1, { message: 'it is open' });
      const started = performance.now();
      await edge.close();
      expect(performance.now() - started).toBeLessThan(2_000);
    });
  },
);
