import type { Answer, Dropped, Progress } from '../events.js';

/** What became of beats of one lesson, told to the tabs that own them. */
export interface Settled {
  lessonId: string;
  record?: Progress;
  answers: Answer[];
  dropped?: Dropped;
}

/** What tabs of one learner tell each other. */
export type Message =
  | ({ kind: 'settled' } & Settled)
  /** A request is on its way, or there is none for so many milliseconds. */
  | { kind: 'sending'; waitMs?: number }
  | { kind: 'playing' };

export interface Channel {
  post(message: Message): void;
  close(): void;
}

/** Where a browser has no BroadcastChannel, tabs hear nothing of each other. */
export function openChannel(userId: string, hear: (message: Message) => void): Channel {
  if (!('BroadcastChannel' in globalThis)) return { post() {}, close() {} };
  const channel = new BroadcastChannel(`progress-player:${userId}`);
  channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}
