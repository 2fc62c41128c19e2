import { Injectable } from '@nestjs/common';
import { CertificateRequestHandler } from '../certificates/certificate-request.handler.js';
import { CERTIFICATE_REQUESTED, EVENT_TOPICS, type OutboxHandler } from './outbox-entry.js';
import { ProgressEventHandler } from './progress-event.handler.js';

/** Who delivers which topic. Rows of a topic that is not here are left for a newer version of the service. */
@Injectable()
export class OutboxHandlers {
  private readonly byTopic: ReadonlyMap<string, OutboxHandler>;

  constructor(certificates: CertificateRequestHandler, events: ProgressEventHandler) {
    this.byTopic = new Map<string, OutboxHandler>([
      [CERTIFICATE_REQUESTED, certificates],
      ...EVENT_TOPICS.map((topic) => [topic, events] as const),
    ]);
  }

  /** Those of the topics whose rows can be delivered now. */
  readyAmong(topics: readonly string[]): string[] {
    return topics.filter((topic) => this.for(topic).ready());
  }

  for(topic: string): OutboxHandler {
    const handler = this.byTopic.get(topic);
    if (!handler) throw new Error(`nobody delivers ${topic}`);
    return handler;
  }
}
