import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { connect, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { connectionOptions, RECONNECT_WAIT_MS } from './connection-options.js';
import { natsConnected, peerRequests, peerRequestSeconds } from './nats.metrics.js';
import { PeerBreaker } from './peer-breaker.js';
import { PeerUnavailableError } from './peer-unavailable.error.js';
import { ReplyInbox } from './reply-inbox.js';
import { PEER_BY_SUBJECT, type Peer, type RequestSubject } from './subjects.js';
import { withTimeout } from '../with-timeout.js';
import { readReply, type PeerAnswer } from './wire-reply.js';

const DRAIN_TIMEOUT_MS = 1_000;

export type NatsState = 'connecting' | 'connected' | 'disconnected' | 'closed';
export type MessageHandler = (message: Msg) => void;
/** Asks a peer once. @throws PeerUnavailableError */
export type Ask = (
  subject: RequestSubject,
  data: unknown,
  timeoutMs: number,
) => Promise<PeerAnswer>;

/**
 * The connection to the rest of the platform. It connects in the background and reconnects without end: the service
 * starts and serves without NATS.
 */
@Injectable()
export class NatsService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(NatsService.name);
  private readonly breakers: Record<Peer, PeerBreaker>;
  private readonly subscriptions: { subject: string; handler: MessageHandler }[] = [];
  private readonly connectedHandlers: (() => void)[] = [];
  private readonly closing = new AbortController();
  private connection: NatsConnection | null = null;
  private inbox: ReplyInbox | null = null;
  private current: NatsState = 'connecting';
  private established: Promise<void> = Promise.resolve();

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {
    const options = {
      failures: environment.NATS_BREAKER_FAILURES,
      resetMs: environment.NATS_BREAKER_RESET_MS,
    };
    this.breakers = {
      users: new PeerBreaker('users', options),
      courses: new PeerBreaker('courses', options),
      certificates: new PeerBreaker('certificates', options),
    };
  }

  onModuleInit(): void {
    this.established = this.establish();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing.abort();
    await this.established;
    const wasConnected = this.current === 'connected';
    this.enter('closed');
    this.inbox?.abandon();
    if (!this.connection) return;
    // drain() waits for the server, which may have stopped answering.
    if (wasConnected)
      await withTimeout(DRAIN_TIMEOUT_MS, this.connection.drain()).catch(() => undefined);
    await this.connection.close();
  }

  state(): NatsState {
    return this.current;
  }

  /** Whether a request to the peer would be sent now, instead of refused at once. */
  canAsk(peer: Peer): boolean {
    return this.current === 'connected' && this.breakers[peer].admits();
  }

  /** The connection, while it is up. @throws PeerUnavailableError otherwise. */
  requireConnection(subject: string): NatsConnection {
    if (this.current !== 'connected' || !this.connection) {
      throw new PeerUnavailableError('disconnected', subject);
    }
    return this.connection;
  }

  /**
   * Sends a request as NestJS's own client would.
   * @throws PeerUnavailableError when the peer cannot be reached, does not answer in time, or answers with nonsense.
   */
  request(
    subject: RequestSubject,
    data: unknown,
    options: { timeoutMs?: number } = {},
  ): Promise<PeerAnswer> {
    const timeoutMs = options.timeoutMs ?? this.environment.NATS_REQUEST_TIMEOUT_MS;
    return this.asOneRequest(subject, (ask) => ask(subject, data, timeoutMs));
  }

  /**
   * Lets `work` send several requests to the peer of a subject. The circuit breaker counts them as one request, which
   * failed if `work` throws a PeerUnavailableError. So one failing form of a request does not stop the others.
   * @throws PeerUnavailableError at once when the circuit is open.
   */
  async asOneRequest<T>(subject: RequestSubject, work: (ask: Ask) => Promise<T>): Promise<T> {
    const begun = performance.now();
    let admitted = false;
    try {
      this.requireConnection(subject);
      return await this.breakers[PEER_BY_SUBJECT[subject]].run(subject, () => {
        admitted = true;
        return work((...question) => this.askMeasured(...question));
      });
    } catch (error) {
      if (!admitted) this.observe(subject, outcomeOf(error), begun);
      throw error;
    }
  }

  /** Handles messages of a subject from now on, also when not connected yet, and after reconnects. */
  subscribe(subject: string, handler: MessageHandler): void {
    this.subscriptions.push({ subject, handler });
    if (this.connection) this.attach(this.connection, subject, handler);
  }

  /** Calls back at each connection, the first and every later one. Calls at once when it is already connected. */
  onConnected(handler: () => void): void {
    this.connectedHandlers.push(handler);
    if (this.current === 'connected') handler();
  }

  private async askMeasured(...question: Parameters<Ask>): Promise<PeerAnswer> {
    const [subject] = question;
    const begun = performance.now();
    try {
      const answer = await this.ask(...question);
      this.observe(subject, answer.kind, begun);
      return answer;
    } catch (error) {
      this.observe(subject, outcomeOf(error), begun);
      throw error;
    }
  }

  private observe(subject: RequestSubject, outcome: string, begun: number): void {
    const peer = PEER_BY_SUBJECT[subject];
    const seconds = (performance.now() - begun) / 1_000;
    peerRequests.inc({ peer, outcome });
    peerRequestSeconds.observe({ peer }, seconds);
    const milliseconds = Math.round(seconds * 1_000);
    this.logger.debug({ msg: 'NATS request', subject, outcome, milliseconds });
  }

  private async ask(
    subject: RequestSubject,
    data: unknown,
    timeoutMs: number,
  ): Promise<PeerAnswer> {
    if (!this.inbox) throw new PeerUnavailableError('disconnected', subject);
    const id = randomUUID();
    const body = JSON.stringify({ pattern: subject, data, id });
    return readReply(subject, id, await this.inbox.request(subject, id, body, timeoutMs));
  }

  /**
   * Makes the first connection. The client's own `waitOnFirstConnect` cannot be stopped: a process that wants to end
   * would hang.
   */
  private async establish(): Promise<void> {
    const { signal } = this.closing;
    const options = connectionOptions(this.environment.NATS_URL);
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        this.adopt(await connect(options));
        return;
      } catch (error) {
        const level = attempt === 1 ? 'warn' : 'debug';
        this.logger[level]({ msg: 'NATS cannot be reached yet', reason: String(error) });
        await sleep(RECONNECT_WAIT_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private adopt(connection: NatsConnection): void {
    this.connection = connection;
    this.inbox = new ReplyInbox(connection);
    for (const { subject, handler } of this.subscriptions)
      this.attach(connection, subject, handler);
    void this.follow(connection);
    this.enterConnected(connection);
  }

  private attach(connection: NatsConnection, subject: string, handler: MessageHandler): void {
    connection.subscribe(subject, {
      callback: (error, message) => {
        if (error) this.logger.error({ msg: 'NATS subscription failed', subject, err: error });
        else handler(message);
      },
    });
  }

  private async follow(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') {
        this.enter('disconnected');
        this.inbox?.abandon();
      } else if (status.type === 'reconnect') {
        this.enterConnected(connection);
      } else if (status.type === 'error') {
        this.logger.warn({ msg: 'NATS reported an error', err: status.error });
      }
    }
    // The client gave up, although its options forbid that. Connect again, or the service stays without NATS.
    if (this.closing.signal.aborted) return;
    this.enter('disconnected');
    this.inbox?.abandon();
    this.established = this.establish();
  }

  /** A server older than NATS 2.2 has no headers, so it cannot report that a subject has no listener. */
  private enterConnected(connection: NatsConnection): void {
    this.enter('connected');
    const { headers, version } = connection.info ?? {};
    if (headers === true) return;
    this.logger.warn({ msg: 'NATS does not say when nobody listens', version });
  }

  private enter(state: NatsState): void {
    if (this.current === state || this.current === 'closed') return;
    this.current = state;
    natsConnected.set(state === 'connected' ? 1 : 0);
    const level = state === 'disconnected' ? 'warn' : 'log';
    this.logger[level]({ msg: 'NATS connection changed', state });
    if (state === 'connected') for (const handler of this.connectedHandlers) handler();
  }
}

const outcomeOf = (error: unknown): string =>
  error instanceof PeerUnavailableError ? error.reason : 'failed';
