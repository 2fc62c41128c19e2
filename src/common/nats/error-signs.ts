import { isRecord } from '../is-record.js';

/** What a peer's error says, however it is wrapped. */
export interface ErrorSigns {
  texts: string[];
  codes: string[];
  /** HTTP statuses from 400 to 599. */
  statuses: number[];
}

const DEPTH_MAXIMUM = 4;

/** Reads an error: a text, `{ message, statusCode }`, or one of these wrapped in another. */
export function signsOf(error: unknown): ErrorSigns {
  const signs: ErrorSigns = { texts: [], codes: [], statuses: [] };
  collect(error, signs, 0);
  return signs;
}

function collect(error: unknown, signs: ErrorSigns, depth: number): void {
  if (typeof error === 'string') {
    if (error !== '') signs.texts.push(error);
  } else if (Array.isArray(error)) {
    for (const part of error) if (depth < DEPTH_MAXIMUM) collect(part, signs, depth + 1);
  } else if (isRecord(error)) {
    for (const key of ['statusCode', 'status', 'code']) note(error[key], signs);
    for (const key of ['message', 'error', 'response', 'extensions', 'details']) {
      if (depth < DEPTH_MAXIMUM) collect(error[key], signs, depth + 1);
    }
  }
}

/** NestJS's own `status: 'error'` has no meaning. */
function note(sign: unknown, { codes, statuses }: ErrorSigns): void {
  const number = typeof sign === 'string' && /^\d{3}$/.test(sign) ? Number(sign) : sign;
  if (typeof number === 'number' && number >= 400 && number < 600) statuses.push(number);
  else if (typeof sign === 'number' || (typeof sign === 'string' && sign !== 'error'))
    codes.push(String(sign));
}

/** Too early, too many requests, or a timeout: a 4xx status, but not permanent. */
const PASSING_STATUS = new Set([408, 425, 429]);
const PASSING_CODE =
  /INTERNAL|TIMEOUT|TIMED_?OUT|UNAVAILABLE|OVERLOAD|RATE_LIMITED|ECONN|EAI_AGAIN|EPIPE|ENOTFOUND/i;
const PASSING_TEXT =
  /internal|time(d)?[- ]?out|unavailable|overload|too many|temporar|try again|deadlock|ECONN|EAI_AGAIN|EPIPE|ENOTFOUND|connection|unexpected/i;

/** Whether the error has a status that says that asking again may help. */
export const hasPassingStatus = ({ statuses }: ErrorSigns): boolean =>
  statuses.some((status) => status >= 500 || PASSING_STATUS.has(status));

/** Whether asking again may help: by its status, its codes or its words. */
export const mayPass = (signs: ErrorSigns): boolean =>
  hasPassingStatus(signs) ||
  signs.codes.some((code) => PASSING_CODE.test(code)) ||
  signs.texts.some((text) => PASSING_TEXT.test(text));
