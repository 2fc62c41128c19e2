import { Injectable } from '@nestjs/common';
import type { OutboxHandler } from './outbox-handler.js';
import type { Topic } from './topics.js';

/**
 * The handler of each topic. Handlers register before the dispatcher starts. Rows of a topic without a handler stay in
 * the outbox.
 */
@Injectable()
export class OutboxHandlers {
  private readonly byTopic = new Map<Topic, OutboxHandler>();

  /** @throws Error when a topic already has a handler: its rows could be delivered by either. */
  register(topics: readonly Topic[], handler: OutboxHandler): void {
    for (const topic of topics) {
      if (this.byTopic.has(topic)) throw new Error(`two handlers deliver ${topic}`);
      this.byTopic.set(topic, handler);
    }
  }

  /** The topics whose rows can be delivered now. */
  readyAmong(topics: readonly Topic[]): Topic[] {
    return topics.filter((topic) => this.byTopic.get(topic)?.ready());
  }

  for(topic: Topic): OutboxHandler {
    const handler = this.byTopic.get(topic);
    if (!handler) throw new Error(`nobody delivers ${topic}`);
    return handler;
  }
}
