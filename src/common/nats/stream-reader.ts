import { AckPolicy, DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Inject, Injectable } from '@nestjs/common';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { NatsService } from './nats.service.js';
import { findStream } from './find-stream.js';

const PAGE = 100;
/**
 * How long to wait for a page, in milliseconds: the shortest that a server allows. Messages that are there come at
 * once.
 */
const PAGE_MS = 1_000;
/** A message that was not handled is delivered again after this time. */
const AGAIN_MS = 30_000;

/** Reads the messages of a subject that a stream stored, also those published while no process listened. */
@Injectable()
export class StreamReader {
  constructor(
    private readonly nats: NatsService,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /**
   * Handles, at least once and one after the other, the stored messages that no process has handled yet under the
   * reader's name, from the stream's first message on. Does nothing when the subject has no stream, or while NATS is
   * away. Stops at the first message whose handling fails: that one and the later ones are delivered again.
   */
  async read(
    subject: string,
    reader: string,
    handle: (body: Uint8Array) => Promise<void>,
  ): Promise<void> {
    if (this.nats.state() !== 'connected') return;
    const connection = this.nats.requireConnection(subject);
    const timeout = this.environment.NATS_REQUEST_TIMEOUT_MS;
    const stream = await findStream(connection, subject, timeout);
    if (stream === null || !(await this.hasMore(connection, stream, subject, reader))) return;

    const consumer = await jetstream(connection, { timeout }).consumers.get(stream, reader);
    let handled: number;
    do {
      handled = 0;
      const page = await consumer.fetch({ max_messages: PAGE, expires: PAGE_MS });
      for await (const message of page) {
        await handle(message.data);
        message.ack();
        handled += 1;
      }
    } while (handled === PAGE);
  }

  /** Makes the reader if there is none yet. */
  private async hasMore(
    connection: NatsConnection,
    stream: string,
    subject: string,
    reader: string,
  ): Promise<boolean> {
    const timeout = this.environment.NATS_REQUEST_TIMEOUT_MS;
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout });
    const { num_pending, num_ack_pending } = await manager.consumers.add(stream, {
      durable_name: reader,
      filter_subject: subject,
      deliver_policy: DeliverPolicy.All,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(AGAIN_MS),
    });
    return num_pending + num_ack_pending > 0;
  }
}
