import type { Medium } from '../medium.js';

/** A medium that something else than an element plays: its state, told by whoever knows it. */
export interface Imitation extends Medium {
  currentTime: number;
  duration: number;
  paused: boolean;
  seeking: boolean;
  ended: boolean;
  readyState: number;
  playbackRate: number;
  /** Changes the state, then fires an event of a media element. */
  become(state: Partial<Omit<Imitation, 'become'>>, ...events: string[]): void;
}

/** @param seekTo is told when somebody sets `currentTime` */
export function imitate(pause: () => unknown, seekTo: (seconds: number) => unknown): Imitation {
  const events = new EventTarget();
  const state = {
    currentTime: 0,
    duration: NaN,
    paused: true,
    seeking: false,
    ended: false,
    readyState: 0,
    playbackRate: 1,
  };
  const medium = Object.assign({} as Imitation, {
    pause,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    become(changed: Partial<typeof state>, ...types: string[]) {
      Object.assign(state, changed);
      for (const type of types) events.dispatchEvent(new Event(type));
    },
  });
  for (const name of Object.keys(state) as (keyof typeof state)[]) {
    Object.defineProperty(medium, name, {
      get: () => state[name],
      set: name === 'currentTime' ? seekTo : undefined,
    });
  }
  return medium;
}
