import { config } from '../config.ts';

/** What the page around this one may tell it. */
export interface HostMessage {
  token?: string;
  locale?: string;
  theme?: 'light' | 'dark';
}

/** Why there is nothing to see. */
export type HostProblem = 'TOKEN_UNREADABLE' | 'TOKEN_REFUSED' | 'TOKEN_EXPIRED' | 'FORBIDDEN';

const TOKEN = 'user-progress:token';

/** Where the host is, once it has spoken. */
let hostOrigin: string | null = null;

/** The problem that the host was told of last. */
let toldProblem = '';

/** Whether a page that may give us a token shows this one. */
export const isEmbedded = window.parent !== window && config.embedOrigins.length > 0;

/** Hears what the host says. A message of anybody else, or of another origin, is nothing. */
export function hearHost(hear: (message: HostMessage) => void): void {
  window.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (!isEmbedded || source !== window.parent || !config.embedOrigins.includes(origin)) return;
    if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== TOKEN)
      return;
    hostOrigin = origin;
    toldProblem = '';
    hear(readMessage(data));
  });
}

function readMessage(data: object): HostMessage {
  const { token, locale, theme } = data as Record<string, unknown>;
  return {
    ...(typeof token === 'string' && { token }),
    ...(typeof locale === 'string' && { locale }),
    ...((theme === 'light' || theme === 'dark') && { theme }),
  };
}

/** Asks the host for a token. Which of the origins it has is not known before it answers. */
export const askHost = (): void => tell({ type: 'user-progress:ready' });

/** The host's player goes to this second. */
export const tellSeek = (courseId: string, lessonId: string, second: number): void =>
  tell({ type: 'user-progress:seek', courseId, lessonId, second });

/** The host shows this learner. */
export const tellLearner = (userId: string): void =>
  tell({ type: 'user-progress:learner', userId });

/** Why there is nothing to see. Panels of a page have the same problem: it is told once, until the host answers. */
export function tellProblem(code: HostProblem): void {
  const problem = `${code} ${location.pathname}`;
  if (problem === toldProblem) return;
  toldProblem = problem;
  tell({ type: 'user-progress:problem', code });
}

/** How high the page is, in pixels: at once, and whenever that changes. */
export function tellHeight(): void {
  if (!isEmbedded) return;
  // Of the body: the document itself is never lower than the frame.
  new ResizeObserver(([body]) => {
    const height = Math.ceil(body!.borderBoxSize[0]!.blockSize);
    tell({ type: 'user-progress:height', height });
  }).observe(document.body);
}

function tell(message: object): void {
  if (!isEmbedded) return;
  const origins = hostOrigin === null ? config.embedOrigins : [hostOrigin];
  for (const origin of origins) window.parent.postMessage(message, origin);
}
