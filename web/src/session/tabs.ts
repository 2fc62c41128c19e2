/** A question of a tab without a sign-in, or a sign-in: as an answer to that tab, or for whoever waits for one. */
type Message = { ask: number } | { to: number | null; token: string; usedAt: number };

/** Most tabs answer within this time; the page is not drawn before, so that it does not flicker. */
const WAIT_MS = 100;

/** Tabs of this browser and origin. What is in a frame says and hears nothing: its host names the person. */
const tabs = window.parent === window ? new BroadcastChannel('user-progress:session') : null;

const self = Math.random();

/** When somebody last did something in this tab. */
let usedAt = Date.now();
for (const kind of ['pointerdown', 'keydown']) {
  window.addEventListener(kind, () => (usedAt = Date.now()), { capture: true });
}

/** Of the tab whose answer was taken: tabs may be signed in as different people. */
let answererUsedAt = -Infinity;

interface Listener {
  /** The token of this tab, if it is signed in. */
  own(): string | null;
  /** Takes the answer to this tab's question. */
  answered(token: string): void;
  /** Hears that somebody has just signed in in another tab. */
  offered(token: string): void;
}

export function hearTabs({ own, answered, offered }: Listener): void {
  tabs?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    const token = own();
    if ('ask' in data) {
      if (token !== null) say({ to: data.ask, token, usedAt });
    } else if (data.to === null) {
      offered(data.token);
    } else if (data.to === self && data.usedAt > answererUsedAt) {
      answererUsedAt = data.usedAt;
      answered(data.token);
    }
  });
}

/** Asks the other tabs for their sign-in. Nothing is stored: when no tab has one, none answers. */
export async function askTabs(): Promise<void> {
  if (tabs === null) return;
  say({ ask: self });
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
}

/** Hands a new sign-in to tabs that have none. This tab wants no other one any more. */
export function offerToTabs(token: string): void {
  answererUsedAt = Infinity;
  say({ to: null, token, usedAt });
}

const say = (message: Message): void => tabs?.postMessage(message);
