/** What an answer means for what was sent. */
export type Verdict<Data> =
  | { kind: 'done'; data: Data }
  /** The same again later; after so many milliseconds, if the service says so. `isItsOwn`: other beats may go on. */
  | { kind: 'later'; waitMs?: number; isItsOwn?: boolean }
  | { kind: 'unauthenticated' }
  /** Too much, or something in it is wrong. */
  | { kind: 'halve'; code: string }
  | { kind: 'refused'; code: string };

interface Body<Data> {
  data?: Data | null;
  errors?: {
    path?: unknown[];
    extensions?: { code?: string; retryAfterSeconds?: number };
  }[];
}

/** Reads an answer. A gateway's answer has no code of ours, so its status decides, and nothing is given up for it. */
export async function verdictOf<Data>(response: Response): Promise<Verdict<Data>> {
  const body = (await response.json().catch(() => ({}))) as Body<Data> | null;
  const error = body?.errors?.[0];
  if (!error && body?.data) return { kind: 'done', data: body.data };
  const code = error?.extensions?.code;
  const seconds = error?.extensions?.retryAfterSeconds ?? response.headers.get('retry-after');
  if (code === 'UNAUTHENTICATED' || response.status === 401) return { kind: 'unauthenticated' };
  if (response.status === 413) return { kind: 'halve', code: 'TOO_LARGE' };
  if (code === 'FORBIDDEN' || code === 'NOT_FOUND') return { kind: 'refused', code };
  // Without a path it is the document that an older service does not know, and no fault of a beat.
  if (code === 'BAD_USER_INPUT' && error?.path) return { kind: 'halve', code };
  return {
    kind: 'later',
    waitMs: seconds ? Number(seconds) * 1_000 : undefined,
    isItsOwn: code === 'INTERNAL_SERVER_ERROR',
  };
}
