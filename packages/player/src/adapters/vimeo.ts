import type { Medium } from '../medium.js';
import { imitate } from './imitation.js';

const ORIGIN = 'https://player.vimeo.com';
const EVENTS = [
  'loaded',
  'play',
  'playing',
  'pause',
  'ended',
  'timeupdate',
  'seeking',
  'seeked',
  'playbackratechange',
];

interface Told {
  event?: string;
  data?: { seconds?: number; duration?: number; playbackRate?: number };
}

/**
 * The player in an `<iframe>` of Vimeo as a medium, by the messages that it exchanges with its page.
 *
 * It tells its position four times a second. What it plays in between while the page hears nothing of it, such as an
 * advertisement, cannot be known.
 */
export function vimeo(iframe: HTMLIFrameElement): Medium & { release(): void } {
  const say = (method: string, value?: unknown) =>
    iframe.contentWindow?.postMessage(JSON.stringify({ method, value }), ORIGIN);
  const medium = imitate(
    () => say('pause'),
    (seconds) => say('setCurrentTime', seconds),
  );

  const hear = ({ origin, source, data }: MessageEvent) => {
    if (origin !== ORIGIN || source !== iframe.contentWindow) return;
    const { event, data: told = {} } = read(data);
    const { seconds: currentTime = medium.currentTime, duration = medium.duration } = told;
    const here = { currentTime, duration, readyState: duration > 0 ? 4 : 0 };
    const paused = event === 'pause' || event === 'ended';
    if (event === 'ready') for (const name of EVENTS) say('addEventListener', name);
    else if (event === 'playbackratechange') {
      medium.become({ playbackRate: told.playbackRate ?? 1 }, 'ratechange');
    } else if (event === 'seeking' || event === 'seeked') {
      medium.become({ ...here, seeking: event === 'seeking' }, event);
    } else if (event === 'timeupdate') {
      const events = medium.readyState ? [event] : ['loadedmetadata', event];
      medium.become(here, ...events);
    } else if (paused || event === 'play' || event === 'playing') {
      medium.become({ ...here, paused, ended: event === 'ended' }, event);
    }
  };
  window.addEventListener('message', hear);
  // If it was ready before, it says so again.
  say('ping');
  return Object.assign(medium, { release: () => window.removeEventListener('message', hear) });
}

/** Its messages are JSON, or objects. */
function read(data: unknown): Told {
  try {
    return (typeof data === 'string' ? JSON.parse(data) : data) as Told;
  } catch {
    return {};
  }
}
