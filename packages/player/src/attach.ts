import type { Beat } from './beat.js';
import { createClock } from './clock.js';
import { createEmitter, type Emitter } from './events.js';
import { followPage } from './lifecycle.js';
import { listen } from './listen.js';
import type { Medium } from './medium.js';
import { withDefaults, type AttachOptions } from './options.js';
import { createQueue } from './queue/queue.js';
import { createRecorder } from './recorder.js';
import { seekOnce } from './resume.js';
import { createSegmenter } from './segments/segmenter.js';
import { watch } from './segments/watch.js';
import { createClient } from './sender/client.js';
import { RESUME } from './sender/documents.js';
import { createSchedule } from './sender/schedule.js';
import { createSender } from './sender/sender.js';
import type { Settled } from './sender/settle.js';
import { createSession } from './session.js';

/** A medium whose watching is recorded. */
export interface Handle extends Pick<Emitter, 'on'> {
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
  /** Stops recording, and sends what waits. @returns once that was tried; what could not be sent waits on */
  detach(): Promise<void>;
}

/** What tabs of one learner tell each other: one of these. */
interface Message {
  plays?: boolean;
  settled?: Settled;
  /** Nothing is sent for so many milliseconds. */
  waitMs?: number;
}

/** Records what a medium plays from now on. */
export function attach(medium: Medium, options: AttachOptions): Handle {
  const settings = withDefaults(options);
  const { userId, lessonId, flushSeconds, exclusive } = settings;
  const { on, emit } = createEmitter();
  const clock = createClock();
  const session = createSession(options.session);
  const queue = createQueue(userId, settings.persist, (durable) => emit('durability', durable));
  const client = createClient(settings, clock);
  const channel = new BroadcastChannel(`progress-player:${userId}`);
  const tell = (message: Message) => channel.postMessage(message);
  let wasCompleted = false;
  let isOver = false;

  /** @param isTold whether this page is told of a session's beats */
  const show = ({ record, answers }: Settled, isTold: (session: string) => boolean) => {
    for (const answer of answers) if (isTold(answer.beat.session)) emit('answer', answer);
    if (answers[0]?.beat.lessonId !== lessonId) return;
    emit('progress', record);
    if (record.completed && !wasCompleted) emit('completed', record);
    wasCompleted = record.completed;
  };
  const sender = createSender(client, clock, queue, session, emit, (settled) => {
    show(settled, sender.speaksFor);
    tell({ settled });
  });
  const schedule = createSchedule(userId, sender.send, (waitMs) => tell({ waitMs }));
  channel.onmessage = ({ data: { plays, settled, waitMs } }: MessageEvent<Message>) => {
    if (plays && exclusive) medium.pause();
    if (settled) {
      for (const { beat } of settled.answers) queue.forget(beat);
      show(settled, (name) => name === session.name());
    }
    schedule.heard(waitMs);
  };
  const recorder = createRecorder(settings, session, clock, queue, (stands) =>
    schedule.within(stands ? 0 : flushSeconds * 1_000),
  );
  const watched = watch(medium, clock, createSegmenter(settings.beatSeconds, recorder));
  const unlisten = listen(medium, { play: () => exclusive && tell({ plays: true }) });
  /** Everything up to `fetch` happens before this returns. */
  const hidden = () => {
    watched.seal();
    sender.sendLeaving(schedule.again);
  };
  const unfollow = followPage(
    hidden,
    watched.seal,
    () => {
      hidden();
      session.leave();
    },
    () => {
      session.renew();
      schedule.within(0);
    },
    () => schedule.anew(Math.random() * 3_000),
  );
  const waiting = async (): Promise<Beat[]> =>
    (await queue.all()).filter((beat) => beat.lessonId === lessonId);

  schedule.within(0);
  return {
    on,
    flush: schedule.now,
    async resume() {
      if ((await waiting())[0]) await schedule.now();
      const { data } = await client.ask({ query: RESUME, variables: { userId, lessonId } });
      const record = data?.userProgressByUserAndLesson?.data;
      if (record) {
        wasCompleted = record.completed;
        emit('progress', record);
      }
      const position = (await waiting()).at(-1)?.to ?? record?.position_seconds ?? 0;
      return seekOnce(medium, position, () => isOver);
    },
    pending: async () => (await queue.all()).length,
    get durable() {
      return queue.durable();
    },
    async detach() {
      isOver = true;
      watched.stop();
      unlisten();
      unfollow();
      await schedule.now();
      schedule.stop();
      session.leave();
      channel.close();
    },
  };
}
