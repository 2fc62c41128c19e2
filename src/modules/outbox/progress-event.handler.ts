import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CloudEvent } from '../../common/nats/cloud-event.js';
import { EventPublisher } from '../../common/nats/event-publisher.js';
import { NatsService } from '../../common/nats/nats.service.js';
import type { OutboxEntry } from './outbox-entry.js';
import type { OutboxHandler, Outcome } from './outbox-handler.js';
import { OutboxHandlers } from './outbox-handlers.js';
import { OutboxProxy } from './proxy/outbox.proxy.js';
import { EVENT_TOPICS } from './topics.js';

/** Publishes an entry as a CloudEvent (1.0, JSON). The subject is its topic; the event's `id` is the entry's. */
@Injectable()
export class ProgressEventHandler implements OutboxHandler, OnModuleInit {
  constructor(
    private readonly publisher: EventPublisher,
    private readonly nats: NatsService,
    private readonly handlers: OutboxHandlers,
    private readonly proxy: OutboxProxy,
  ) {}

  onModuleInit(): void {
    this.handlers.register(EVENT_TOPICS, this);
  }

  ready(): boolean {
    return this.nats.state() === 'connected';
  }

  /** @throws PeerUnavailableError when it is not certain that the event was published. */
  async deliver(entry: OutboxEntry): Promise<Outcome> {
    const { id, topic, userId, courseId, lessonId, occurredAt } = entry;
    const time = occurredAt.toISOString();
    const event: CloudEvent = {
      specversion: '1.0',
      id,
      source: '/user-progress',
      type: topic,
      time,
      datacontenttype: 'application/json',
      // A listener that gets `data` alone needs the event's id and time, too.
      data: { id, time, userId, courseId, ...(lessonId === null ? {} : { lessonId }) },
    };
    await this.publisher.publish(event, userId);
    return { kind: 'published', settle: () => this.proxy.settlePublished(entry) };
  }
}
