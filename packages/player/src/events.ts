import type { Beat } from './beat.js';
import { listen } from './listen.js';

/** The record of the lesson, as the service answers it. Times are seconds. */
export interface Progress {
  completed: boolean;
  position_seconds: number;
  unique_seconds: number;
  /** 0 to 100; null while the service does not know the lesson's length. */
  coverage_percentage: number | null;
  /** What was seen: half-open stretches of whole seconds, in order. */
  watched: { from: number; to: number }[];
}

/** What became of a beat. The reasons are listed in the service's guide for players. */
export interface Answer {
  seq: number;
  result: 'COUNTED' | 'CLIPPED' | 'DUPLICATE' | 'REJECTED';
  creditedSeconds: number;
  reason: string | null;
  beat: Beat;
}

/** Beats that are gone without having counted: a code of the service's errors, `TOO_LARGE` or `EXPIRED`. */
export interface Dropped {
  reason: string;
  beats: Beat[];
}

export interface Events {
  /** The record after beats of this lesson were answered, in whichever tab. */
  progress: Progress;
  /** One beat of this player was answered. */
  answer: Answer;
  /** The lesson became completed. */
  completed: Progress;
  /** Told in the tab that sent them. */
  dropped: Dropped;
  /** The service refuses the token, also a new one: beats wait for a sign-in, then `flush()`. */
  auth: { code: string };
  /** Whether beats survive the page from now on. */
  durability: boolean;
}

export interface Emitter {
  /** @returns how to stop listening */
  on<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): () => void;
  emit<Type extends keyof Events>(type: Type, event: Events[Type]): void;
}

/** By an `EventTarget`: a listener that throws is reported, and loses no beat. */
export function createEmitter(): Emitter {
  const target = new EventTarget();
  return {
    on: (type, listener) =>
      listen(target, {
        [type]: ({ detail }: CustomEvent<Events[typeof type]>) => listener(detail),
      }),
    emit: (type, detail) => void target.dispatchEvent(new CustomEvent(type, { detail })),
  };
}
