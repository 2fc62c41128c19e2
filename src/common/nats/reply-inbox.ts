import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { strayReplies } from './nats.metrics.js';
import { PeerUnavailableError } from './peer-unavailable.error.js';

interface Waiting {
  subject: string;
  timer: NodeJS.Timeout;
  resolve(body: Uint8Array): void;
  reject(error: PeerUnavailableError): void;
}

const NO_RESPONDERS = 503;

/**
 * Sends requests and matches replies to them, over one subscription.
 *
 * The client's own `request()` does not report late replies. And when the connection breaks, it lets requests run into
 * their timeout, although no reply can come.
 */
export class ReplyInbox {
  private readonly prefix = `${createInbox()}.`;
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly connection: NatsConnection) {
    connection.subscribe(`${this.prefix}*`, {
      callback: (error, message) => {
        if (error === null) this.receive(message);
      },
    });
  }

  /** @throws PeerUnavailableError after `timeoutMs`, or as soon as a reply can no longer come. */
  request(subject: string, id: string, body: string, timeoutMs: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        reject(new PeerUnavailableError('timeout', subject));
      }, timeoutMs);
      this.waiting.set(id, { subject, timer, resolve, reject });
      try {
        this.connection.publish(subject, body, { reply: this.prefix + id });
      } catch (cause) {
        this.take(id);
        reject(new PeerUnavailableError('disconnected', subject, { cause }));
      }
    });
  }

  /** Fails all waiting requests: the connection for their replies is gone. */
  abandon(): void {
    for (const id of [...this.waiting.keys()]) {
      const request = this.take(id);
      request?.reject(new PeerUnavailableError('disconnected', request.subject));
    }
  }

  private receive(message: Msg): void {
    const request = this.take(message.subject.slice(this.prefix.length));
    if (!request) {
      strayReplies.inc();
    } else if (message.data.length === 0 && message.headers?.code === NO_RESPONDERS) {
      request.reject(new PeerUnavailableError('no_responder', request.subject));
    } else {
      request.resolve(message.data);
    }
  }

  private take(id: string): Waiting | undefined {
    const request = this.waiting.get(id);
    if (request) {
      clearTimeout(request.timer);
      this.waiting.delete(id);
    }
    return request;
  }
}
