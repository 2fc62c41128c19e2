import type { Beat } from '../beat.js';
import type { Clock } from '../clock.js';
import type { Outbox } from '../queue/outbox.js';
import type { Queue } from '../queue/queue.js';
import { newName, type Session } from '../session.js';
import type { Settled } from '../tabs/channel.js';
import { findSessions, type Turn } from '../tabs/locks.js';
import type { Client } from './client.js';
import { batchesOf, type Dating } from './dating.js';
import { deliver, type Outcome } from './delivery.js';
import { CLOCK } from './documents.js';
import { evict, isAbandoned } from './waiting.js';

/** The service takes 500 beats a request. */
const BATCH_BEATS = 500;

export interface SenderEvents {
  /** A request is about to be sent. */
  sending(): void;
  settled(settled: Settled): void;
  unauthenticated(): void;
}

/** How a turn ended: with a wait that the service asked for, or that backing off decides. */
export type TurnEnd = { waitMs?: number } | undefined;

/** Sends what waits on this device for one learner: its own beats, and those that other tabs left behind. */
export class Sender {
  constructor(
    private readonly client: Client,
    private readonly clock: Clock,
    private readonly dating: Dating,
    private readonly queue: Queue,
    private readonly outbox: Outbox,
    private readonly session: Session,
    private readonly events: SenderEvents,
  ) {}

  /** One turn. @returns undefined when nothing is left to be sent now */
  async send(turn: Turn): Promise<TurnEnd> {
    const batches = batchesOf(await this.due(), BATCH_BEATS);
    let end: TurnEnd;
    if (batches.length > 0 && !this.clock.isKnown) {
      this.events.sending();
      await this.client.ask({ query: CLOCK });
    }
    for (const batch of batches) {
      if (!turn.isMine) return { waitMs: 0 };
      // Stored before they are sent: whoever repeats them, after a crash, does so under the same time.
      await this.queue.put(this.dating.date(batch));
      this.events.sending();
      for (const outcome of await deliver(this.client, batch)) {
        const later = await this.settle(outcome, batch);
        if (later) end = later;
        if (later && !outcome.later?.isItsOwn) return end;
      }
    }
    return end;
  }

  /** Takes an answer into account. @returns a wait, if something of it is to be sent again */
  async settle(outcome: Outcome, batch: readonly Beat[]): Promise<TurnEnd> {
    const { record, answers, dropped, done, redated, renamed } = outcome;
    for (const beat of redated) delete beat.sentAt;
    const again = this.inNewSession(renamed);
    this.outbox.forget([...done, ...renamed]);
    await this.queue.put([...redated, ...again], [...done, ...renamed]);
    if (answers.length > 0 || dropped) {
      this.events.settled({ lessonId: batch[0]!.lessonId, record, answers, dropped });
    }
    if (outcome.unauthenticated) {
      this.events.unauthenticated();
      return { waitMs: 60_000 };
    }
    if (outcome.later) return { waitMs: outcome.later.waitMs };
    return redated.length + again.length > 0 ? {} : undefined;
  }

  private async due(): Promise<Beat[]> {
    const beats = await this.queue.all();
    const isThere = await findSessions();
    const { kept, evicted } = evict(beats, this.clock.now());
    await this.queue.remove(evicted.flatMap(({ beats }) => beats));
    for (const dropped of evicted) {
      this.outbox.forget(dropped.beats);
      this.events.settled({ lessonId: dropped.beats[0]!.lessonId, answers: [], dropped });
    }
    return kept
      .map((beat) => this.outbox.find(beat) ?? beat)
      .filter((beat) => !this.outbox.isUnderWay(beat))
      .filter(
        (beat) =>
          !beat.open ||
          (beat.session !== this.session.name && isAbandoned(beat, isThere, this.clock.now())),
      );
  }

  /** The same beats under a name that the service does not refuse. None of them counted. */
  private inNewSession(beats: readonly Beat[]): Beat[] {
    if (beats.some(({ session }) => session === this.session.name)) this.session.renew();
    const session = newName();
    return beats.map((beat, seq) => ({ ...beat, session, seq }));
  }
}
