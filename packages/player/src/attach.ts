import { Clock } from './clock.js';
import { Emitter, type Events, type Progress } from './events.js';
import { followPage } from './lifecycle.js';
import type { Medium } from './medium.js';
import { withDefaults, type AttachOptions } from './options.js';
import { Outbox } from './queue/outbox.js';
import { Queue } from './queue/queue.js';
import { Recorder } from './recorder.js';
import { positionOf, seekOnce } from './resume.js';
import { Segmenter } from './segments/segmenter.js';
import { watch } from './segments/watch.js';
import { Client } from './sender/client.js';
import { batchesOf, Dating } from './sender/dating.js';
import { outcomeOf, recordOf, type Recorded } from './sender/delivery.js';
import { RESUME } from './sender/documents.js';
import { Schedule } from './sender/schedule.js';
import { Sender } from './sender/sender.js';
import { Session } from './session.js';
import { openChannel, type Message, type Settled } from './tabs/channel.js';

/** A medium whose watching is recorded. */
export interface Handle {
  /** @returns how to stop listening */
  on<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): () => void;
  /**
   * Goes on where the learner was, on whatever device: seeks the medium once it can. At the end it begins anew.
   *
   * @returns the position in seconds, once it is known; the seek may still wait for the medium
   */
  resume(): Promise<number>;
  /** Sends what waits, now. @returns once that was tried */
  flush(): Promise<void>;
  /** How many of this learner's beats wait on this device. */
  pending(): Promise<number>;
  /** Whether waiting beats survive the page. */
  readonly durable: boolean;
  /** The name of the present session. */
  readonly session: string;
  /** Stops recording, and sends what waits. @returns once that was tried; what could not be sent waits on */
  detach(): Promise<void>;
}

/** Of a request that outlives the page. */
const LEAVING_BEATS = 400;

/** Records what a medium plays from now on. */
export function attach(medium: Medium, options: AttachOptions): Handle {
  const settings = withDefaults(options);
  const { userId, lessonId } = settings;
  const events = new Emitter();
  const clock = new Clock();
  const session = new Session(options.session);
  const outbox = new Outbox();
  const queue = new Queue(userId, settings.persist, (durable) =>
    events.emit('durability', durable),
  );
  const client = new Client(settings, clock);
  const dating = new Dating(clock);
  let wasCompleted = false;

  const hear = (message: Message) => {
    if (message.kind === 'settled') settled(message, false);
    else if (message.kind === 'sending') schedule.heard(message);
    else if (settings.exclusive && !medium.paused) medium.pause();
  };
  const channel = openChannel(userId, hear);

  const progress = (record: Progress) => {
    events.emit('progress', record);
    if (record.completed && !wasCompleted) events.emit('completed', record);
    wasCompleted = record.completed;
  };
  const settled = ({ lessonId: of, record, answers, dropped }: Settled, isOurs: boolean) => {
    const beats = [...answers.map(({ beat }) => beat), ...(dropped?.beats ?? [])];
    for (const answer of answers) {
      if (isOurs || outbox.find(answer.beat)) events.emit('answer', answer);
    }
    if (!isOurs) outbox.forget(beats);
    if (record && of === lessonId) progress(record);
    if (dropped && isOurs) events.emit('dropped', dropped);
  };

  const sender = new Sender(client, clock, dating, queue, outbox, session, {
    sending: () => channel.post({ kind: 'sending' }),
    settled: (what) => {
      settled(what, true);
      channel.post({ kind: 'settled', ...what });
    },
    unauthenticated: () => events.emit('auth', { code: 'UNAUTHENTICATED' }),
  });
  const schedule = new Schedule(
    userId,
    (turn) => sender.send(turn),
    (waitMs) => channel.post({ kind: 'sending', waitMs }),
  );
  const recorder = new Recorder(settings, session, clock, outbox, queue, (isMark) =>
    schedule.within(isMark ? 0 : settings.flushSeconds * 1_000),
  );
  const watched = watch(medium, clock, new Segmenter(settings.beatSeconds, recorder));
  const plays = () => channel.post({ kind: 'playing' });
  if (settings.exclusive) medium.addEventListener('play', plays);
  const ended = () => schedule.within(0);
  medium.addEventListener('ended', ended);

  /** Everything up to `fetch` happens before this returns. */
  const sendFromLeavingPage = () => {
    watched.seal();
    for (const batch of batchesOf(outbox.sendable(), LEAVING_BEATS)) {
      const dated = dating.date(batch);
      if (dated.length > 0) void queue.put(dated);
      const request = client.askFromLeavingPage<Recorded>(recordOf(batch));
      if (!request) continue;
      void outbox
        .send(batch, request)
        .then((verdict) => sender.settle(outcomeOf(verdict, batch), batch))
        .then((end) => end && schedule.within(end.waitMs ?? 1_000));
    }
  };
  const unfollow = followPage({
    hidden: sendFromLeavingPage,
    frozen: () => watched.seal(),
    left() {
      sendFromLeavingPage();
      session.leave();
    },
    back() {
      session.renew();
      schedule.within(0);
    },
    online: () => schedule.anew(Math.random() * 3_000),
  });

  const waiting = async () => (await queue.all()).filter((beat) => beat.lessonId === lessonId);

  void client.prepare();
  schedule.within(0);

  return {
    on: (type, listener) => events.on(type, listener),
    async resume() {
      if ((await waiting()).length > 0) await schedule.now();
      const verdict = await client.ask<{ userProgressByUserAndLesson: { data: Progress } }>({
        query: RESUME,
        variables: { userId, lessonId },
      });
      const record =
        verdict.kind === 'done' ? verdict.data.userProgressByUserAndLesson.data : undefined;
      if (record) wasCompleted = record.completed;
      return seekOnce(medium, positionOf(record, await waiting()));
    },
    flush: () => schedule.now(),
    pending: async () => (await queue.all()).length,
    get durable() {
      return queue.durable;
    },
    get session() {
      return session.name;
    },
    async detach() {
      watched.stop();
      unfollow();
      medium.removeEventListener('play', plays);
      medium.removeEventListener('ended', ended);
      await schedule.now();
      schedule.stop();
      session.leave();
      channel.close();
      queue.close();
    },
  };
}
