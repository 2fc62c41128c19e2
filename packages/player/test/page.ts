import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import { attach, type AttachOptions, type Handle } from '../src/index.js';
import { FakeMedium } from '../src/testing/index.js';

interface SentBeat {
  seq: number;
  from: number;
  to: number;
  rate: number;
  at: string;
}

/** A request as the service got it. */
export interface Sent {
  query: string;
  token: string;
  keepalive: boolean;
  input: {
    userId: string;
    courseId: string;
    lessonId: string;
    sessionId: string;
    beats: SentBeat[];
  };
}

export type Answering = (sent: Sent) => Response | Promise<Response>;

export const json = (body: object, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });

export const failing = (code: string, extensions: object = {}, status = 200): Response =>
  json(
    { data: null, errors: [{ path: ['recordWatch'], extensions: { code, ...extensions } }] },
    status,
  );

/** As the service answers when each beat has the given result. */
export const recorded = (
  { input }: Sent,
  { result = 'COUNTED', reason = null as string | null, completed = false, at = Date.now() } = {},
): Response => {
  const position_seconds = input.beats.at(-1)?.to ?? 0;
  const beats = input.beats.map(({ seq, from, to }) => ({
    seq,
    result,
    reason,
    creditedSeconds: result === 'COUNTED' ? to - from : 0,
  }));
  const data = {
    completed,
    position_seconds,
    unique_seconds: position_seconds,
    coverage_percentage: null,
    watched: [{ from: 0, to: position_seconds }],
  };
  const serverTime = new Date(at).toISOString();
  return json({ data: { recordWatch: { serverTime, data, beats } } });
};

/** The browser that the tabs of a test share: its storage, its locks, its channels, and the service. */
export class Browser {
  readonly sent: Sent[] = [];
  /** Requests that are under way, and the most that ever were. */
  underWay = 0;
  mostUnderWay = 0;
  answer: Answering = (sent) => recorded(sent);
  /** What the `Date` header says, if it is not the time. */
  date: string | undefined;
  private readonly held = new Map<string, { stolen: () => void }>();
  private readonly channels = new Set<FakeChannel>();

  constructor() {
    vi.useFakeTimers({
      now: Date.UTC(2026, 2, 1, 12),
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
    });
    const { channels } = this;
    vi.stubGlobal('indexedDB', new IDBFactory());
    vi.stubGlobal('window', new EventTarget());
    vi.stubGlobal('document', { visibilityState: 'visible' });
    vi.stubGlobal('navigator', { locks: this.locks() });
    vi.stubGlobal(
      'BroadcastChannel',
      class extends FakeChannel {
        constructor(name: string) {
          super(name, channels);
        }
      },
    );
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => this.serve(init));
  }

  /** What the service was sent of beats, in order. */
  get watched(): Sent[] {
    return this.sent.filter(({ query }) => query.includes('recordWatch'));
  }

  get beats(): SentBeat[] {
    return this.watched.flatMap(({ input }) => input.beats);
  }

  /** Attaches a player. @returns it, and its medium */
  open(
    options: Partial<AttachOptions> = {},
    medium = new FakeMedium({ duration: 600.4 }),
    begin = attach,
  ) {
    const player = begin(medium, {
      endpoint: '/graphql',
      userId: 'learner',
      courseId: 'course',
      lessonId: 'lesson',
      getToken: () => 'token',
      ...options,
    });
    return { player, medium };
  }

  fire(type: string, event: object = {}): void {
    window.dispatchEvent(Object.assign(new Event(type), event));
  }

  hide(): void {
    vi.stubGlobal('document', { visibilityState: 'hidden' });
    this.fire('visibilitychange');
  }

  /** Lets time pass for everything: timers, IndexedDB, answers. */
  async pass(seconds: number): Promise<void> {
    for (let left = seconds * 1_000; left >= 0; left -= 250) {
      await vi.advanceTimersByTimeAsync(Math.min(left, 250));
      for (let turn = 0; turn < 4; turn += 1) await new Promise(setImmediate);
    }
  }

  /** Waits for something that needs no time to pass. */
  async soon<Value>(value: Promise<Value>): Promise<Value> {
    let isSettled = false;
    const done = () => void (isSettled = true);
    value.then(done, done);
    for (let turn = 0; turn < 1_000 && !isSettled; turn += 1) {
      await vi.advanceTimersByTimeAsync(0);
      await new Promise(setImmediate);
    }
    return value;
  }

  /** A tab whose lock is held by nobody that answers. */
  holdLock(name: string): void {
    this.held.set(name, { stolen: () => undefined });
  }

  releaseLock(name: string): void {
    this.held.delete(name);
  }

  get locksHeld(): string[] {
    return [...this.held.keys()];
  }

  private async serve({ body, headers, keepalive }: RequestInit): Promise<Response> {
    const { query, variables } = JSON.parse(body as string) as {
      query: string;
      variables?: Pick<Sent, 'input'>;
    };
    const { authorization } = headers as Record<string, string>;
    const sent = {
      query,
      token: authorization!.slice('Bearer '.length),
      keepalive: keepalive ?? false,
      input: variables?.input as Sent['input'],
    };
    this.sent.push(sent);
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    try {
      await new Promise(setImmediate);
      if (query.includes('__typename')) {
        const date = this.date ?? new Date(Date.now()).toUTCString();
        return json({ data: { __typename: 'Query' } }, 200, { date });
      }
      return await this.answer(sent);
    } finally {
      this.underWay -= 1;
    }
  }

  private locks(): unknown {
    const { held } = this;
    return {
      query: async () => ({ held: [...held.keys()].map((name) => ({ name })), pending: [] }),
      async request(name: string, ...given: unknown[]) {
        const work = given.at(-1) as (lock: object | null) => Promise<unknown>;
        const options = (given.length > 1 ? given[0] : {}) as LockOptions;
        await Promise.resolve();
        if (held.has(name)) {
          if (!options.steal) return work(null);
          held.get(name)!.stolen();
        }
        const mine = { stolen: () => undefined };
        held.set(name, mine);
        try {
          return await work({});
        } finally {
          if (held.get(name) === mine) held.delete(name);
        }
      },
    };
  }
}

class FakeChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;

  constructor(
    private readonly name: string,
    private readonly all: Set<FakeChannel>,
  ) {
    all.add(this);
  }

  postMessage(data: unknown): void {
    const message = structuredClone(data);
    for (const other of this.all) {
      if (other !== this && other.name === this.name) {
        queueMicrotask(() => other.onmessage?.({ data: message }));
      }
    }
  }

  close(): void {
    this.all.delete(this);
  }
}

/** Everything of a kind that a player tells, as it comes. */
export function heard<Type extends Parameters<Handle['on']>[0]>(player: Handle, type: Type) {
  const events: unknown[] = [];
  player.on(type, (event) => events.push(event));
  return events;
}

export function closeBrowser(): void {
  vi.useRealTimers();
  vi.unstubAllGlobals();
}
