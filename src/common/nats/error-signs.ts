import { isRecord } from '../is-record.js';

/** What an error of a peer consists of, in whatever form it came. */
export interface ErrorSigns {
  texts: string[];
  /** Names and codes: `NOT_FOUND`, `ECONNREFUSED`, `23505`, `NotFoundException`. */
  codes: string[];
  /** HTTP statuses of an error: 400 to 599. */
  statuses: number[];
}

const STATUS_FIELDS = ['statusCode', 'status', 'code', 'httpStatus', 'status_code', 'errorCode'];
const NESTED_FIELDS = [
  ...['message', 'msg', 'error', 'err', 'errors', 'response', 'extensions', 'details', 'detail'],
  ...['reason', 'description', 'cause'],
];
const DEPTH_MAXIMUM = 4;
/** Fields and list entries that are looked at. An error that refers to itself, or has a million parts, costs no more. */
const PARTS_MAXIMUM = 100;
/** How much of a text or code is read, in characters. A reply may have a megabyte. */
const TEXT_LENGTH = 2_000;
const CODE_LENGTH = 200;

/** Errors come as texts, as statuses, as `{ message, statusCode }`, or wrapped in one another. */
export function signsOf(error: unknown): ErrorSigns {
  const signs: ErrorSigns = { texts: [], codes: [], statuses: [] };
  const level = [{ part: error, depth: 0 }];
  for (let taken = 0; taken < level.length && taken < PARTS_MAXIMUM; taken += 1) {
    const { part, depth } = level[taken]!;
    if (typeof part === 'string') noteText(part.slice(0, TEXT_LENGTH), signs);
    if (isErrorStatus(part)) signs.statuses.push(part);
    if (isRecord(part)) noteFields(part, signs);
    if (depth < DEPTH_MAXIMUM) {
      level.push(...within(part).map((inner) => ({ part: inner, depth: depth + 1 })));
    }
  }
  return signs;
}

/** The parts of an error that can have signs of their own. */
function within(part: unknown): unknown[] {
  if (Array.isArray(part)) return part.slice(0, PARTS_MAXIMUM);
  if (!isRecord(part)) return [];
  return NESTED_FIELDS.map((field) => part[field]).filter((inner) => inner !== undefined);
}

function noteFields(record: Record<string, unknown>, signs: ErrorSigns): void {
  for (const field of STATUS_FIELDS) note(record[field], signs);
  const { name } = record;
  if (typeof name === 'string' && name !== 'Error') signs.codes.push(name.slice(0, CODE_LENGTH));
}

function noteText(text: string, { texts }: ErrorSigns): void {
  if (text !== '' && !texts.includes(text)) texts.push(text);
}

/** NestJS's own `status: 'error'` has no meaning. */
function note(sign: unknown, { codes, statuses }: ErrorSigns): void {
  const number = typeof sign === 'string' && /^\d{3}$/.test(sign) ? Number(sign) : sign;
  if (isErrorStatus(number)) statuses.push(number);
  else if (typeof sign === 'number' || (typeof sign === 'string' && sign !== 'error'))
    codes.push(String(sign).slice(0, CODE_LENGTH));
}

const isErrorStatus = (value: unknown): value is number =>
  typeof value === 'number' && value >= 400 && value < 600;
