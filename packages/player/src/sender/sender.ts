import type { Beat } from '../beat.js';
import type { Clock } from '../clock.js';
import type { Emitter } from '../events.js';
import type { Queue } from '../queue/queue.js';
import type { Session } from '../session.js';
import { findPages } from '../tabs/locks.js';
import { batchesOf, watchOf } from './batches.js';
import type { Client } from './client.js';
import { createDating } from './dating.js';
import { CLOCK } from './documents.js';
import type { Reply } from './reply.js';
import { BACK_OFF, isDivisible, settle, type Settled, type Wait } from './settle.js';

/** The service takes beats of the last week. */
const OLDEST_MS = 7 * 86_400_000;
const MOST_BEATS = 20_000;
/** An open beat is written each second. Where no lock tells whether its page is there, it is gone after so long. */
const SILENT_MS = 60_000;

/** Sends what waits on this device for one learner: this page's beats, and those that other tabs left behind. */
export interface Sender {
  /** @returns a wait, if something is to be sent again */
  send(): Promise<Wait | undefined>;
  /** Sends what this page has, before this returns. @param again what is done when something is to be sent again */
  sendLeaving(again: (wait: Wait) => void): void;
  /** Whether this page is told what became of a session's beats: it is its own, or nobody else's any more. */
  speaksFor(name: string): boolean;
}

/** @param settled is told what became of beats */
export function createSender(
  client: Client,
  clock: Clock,
  queue: Queue,
  session: Session,
  emit: Emitter['emit'],
  settled: (settled: Settled) => void,
): Sender {
  const date = createDating(clock);
  /** In requests that outlive the page. */
  const underWay = new WeakSet<Beat>();
  /** Where it can be known: whether a session's page is still there. */
  let isThere: ((session: string) => boolean) | undefined;

  const conclude = (reply: Reply, batch: Beat[]) =>
    settle(reply, batch, clock, queue, session, settled, emit);
  /** What is too much is sent in halves, until the beat is found that is at fault. */
  const deliver = async (batch: Beat[]): Promise<Wait | undefined> => {
    const reply = await client.ask(watchOf(batch));
    if (batch.length === 1 || !isDivisible(reply.code)) return conclude(reply, batch);
    const half = batch.length >> 1;
    return (await deliver(batch.slice(0, half))) ?? deliver(batch.slice(half));
  };
  const due = async (): Promise<Beat[]> => {
    const now = Date.now();
    isThere = await findPages();
    const beats = await queue.all();
    const isExpired = ({ at }: Beat, index: number) =>
      at < now - OLDEST_MS || index < beats.length - MOST_BEATS;
    const expired = beats.filter(isExpired);
    if (expired[0]) {
      await queue.put([], expired);
      emit('dropped', { reason: 'EXPIRED', beats: expired });
    }
    return beats.filter(
      (beat, index) =>
        !isExpired(beat, index) &&
        !underWay.has(beat) &&
        (!beat.open ||
          (beat.session !== session.name() &&
            (isThere ? !isThere(beat.session) : beat.at < now - SILENT_MS))),
    );
  };
  return {
    speaksFor: (name) => name === session.name() || !isThere?.(name),
    async send() {
      let wait: Wait | undefined;
      const batches = batchesOf(await due());
      if (batches[0] && clock.offset() === undefined) {
        await client.ask({ query: CLOCK });
      }
      for (const batch of batches) {
        // Stored before they are sent: whoever repeats them, after a crash, does so under the same time.
        await queue.put(date(batch));
        wait = (await deliver(batch)) ?? wait;
        if (wait! >= BACK_OFF) break;
      }
      return wait;
    },
    sendLeaving(again) {
      const beats = queue.sealed().filter((beat) => !underWay.has(beat));
      for (const batch of batchesOf(beats)) {
        void queue.put(date(batch));
        const request = client.askLeaving(watchOf(batch));
        if (!request) continue;
        for (const beat of batch) underWay.add(beat);
        void request
          .then((reply) => {
            for (const beat of batch) underWay.delete(beat);
            return conclude(reply, batch);
          })
          .then((wait) => wait === undefined || again(wait));
      }
    },
  };
}
