import { expect, it } from 'vitest';
import type { OutboxHandler } from './outbox-handler.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { TOPICS } from './topics.js';

const handler = (ready: boolean): OutboxHandler => ({
  ready: () => ready,
  deliver: () => Promise.resolve({ kind: 'done', settle: () => Promise.resolve(true) }),
});
const { courseCompleted, lessonCompleted, certificateRequested } = TOPICS;

it('only topics whose handler is ready are claimed: rows of a topic without a handler stay', () => {
  const handlers = new OutboxHandlers();
  handlers.register([courseCompleted], handler(true));
  handlers.register([lessonCompleted], handler(false));
  expect(handlers.readyAmong([courseCompleted, lessonCompleted, certificateRequested])).toEqual([
    courseCompleted,
  ]);
});

it('two handlers of one topic are refused: only one of them would ever be called', () => {
  const handlers = new OutboxHandlers();
  handlers.register([courseCompleted], handler(true));
  expect(() => handlers.register([courseCompleted], handler(true))).toThrow(courseCompleted);
});
