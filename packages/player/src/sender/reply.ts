import type { Answer, Progress } from '../events.js';

/** What the documents answer. */
export interface Data {
  recordWatch?: { serverTime: string; data: Progress; beats: Omit<Answer, 'beat'>[] };
  userProgressByUserAndLesson?: { data: Progress };
}

/** An answer, or why there is none. */
export interface Reply {
  data?: Data;
  /** Of the service's errors, `TOO_LARGE`, or undefined: then nothing of what was sent is at fault. */
  code?: string;
  /** After so many milliseconds the service may be asked again. */
  waitMs?: number;
}

interface Body {
  data?: Data | null;
  errors?: {
    path?: unknown[];
    extensions?: { code?: string; retryAfterSeconds?: number };
  }[];
}

const STATUS_CODES: Record<number, string> = { 401: 'UNAUTHENTICATED', 413: 'TOO_LARGE' };

/** Reads an answer. A gateway's has no code of ours, so its status decides, and no beat is given up for it. */
export async function replyOf(response: Response): Promise<Reply> {
  const body = (await response.json().catch(() => null)) as Body | null;
  const error = body?.errors?.[0];
  if (!error && body?.data) return { data: body.data };
  const { code, retryAfterSeconds } = error?.extensions ?? {};
  const seconds = Number(retryAfterSeconds ?? response.headers.get('retry-after'));
  return {
    waitMs: seconds * 1_000 || undefined,
    // Without a path it is no fault of a beat: the service is older than the document, or at another address.
    code: STATUS_CODES[response.status] ?? (error?.path && code),
  };
}
