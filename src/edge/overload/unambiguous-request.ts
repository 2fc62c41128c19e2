import { LARGEST_HEAD } from '../http-options.js';

/** One whole request, sent in one piece, that can be understood without an HTTP parser. */
export interface UnambiguousRequest {
  /** Whether it is for one of the given paths. */
  isForPath: boolean;
  /** `x-lang`, the platform's own header. */
  ownLanguage: string | undefined;
  acceptLanguage: string | undefined;
  /** Whether it has an Origin header: browsers send one for pages of other origins. */
  hasOrigin: boolean;
  /** Bytes of its body; undefined without a Content-Length. */
  contentLength: number | undefined;
}

const [SPACE, COLON, CR, LF, ZERO, CASE] = [0x20, 0x3a, 0x0d, 0x0a, 0x30, 0x20];
const MOST_DIGITS = 7;

const IN_NAME = tableOf(/[\w!#$%&'*+.^`|~-]/);
const IN_VALUE = tableOf(/[\t -~\x80-\xff]/);
const IN_PATH = tableOf(/[!-~]/);
const DIGIT = tableOf(/\d/);

const METHODS = [bytes('POST '), bytes('GET ')];
const PROTOCOL = bytes('HTTP/1.1\r\n');
const KEEP_ALIVE = bytes('keep-alive');
const CONTENT_LENGTH = bytes('content-length');
const CONNECTION = bytes('connection');
const OWN_LANGUAGE = bytes('x-lang');
const ACCEPT_LANGUAGE = bytes('accept-language');
const ORIGIN = bytes('origin');
/** Headers that change where a request ends, or what follows it. */
const NOT_PLAIN = ['transfer-encoding', 'expect', 'upgrade'].map(bytes);

/**
 * Recognizes a chunk that is exactly one request beyond doubt. Returns undefined for half a request, for two, and when
 * its end could be read in two ways. Bytes are compared in place: at thousands of refusals a second, making strings
 * would be most of the work.
 */
export function unambiguousRequest(
  chunk: Buffer,
  paths: readonly Uint8Array[],
): UnambiguousRequest | undefined {
  const method = METHODS.find((name) => isAt(chunk, 0, name));
  if (!method) return undefined;
  const pathEnd = endOf(IN_PATH, chunk, method.length);
  if (chunk[pathEnd] !== SPACE || !isAt(chunk, pathEnd + 1, PROTOCOL)) return undefined;
  let at = pathEnd + 1 + PROTOCOL.length;
  let contentLength: number | undefined;
  let ownLanguage: string | undefined;
  let acceptLanguage: string | undefined;
  let hasOrigin = false;
  while (chunk[at] !== CR) {
    const nameEnd = endOf(IN_NAME, chunk, at);
    if (nameEnd === at || chunk[nameEnd] !== COLON) return undefined;
    const value = chunk[nameEnd + 1] === SPACE ? nameEnd + 2 : nameEnd + 1;
    const end = endOf(IN_VALUE, chunk, value);
    if (chunk[end] !== CR || chunk[end + 1] !== LF || end > LARGEST_HEAD) return undefined;
    if (isName(chunk, at, nameEnd, CONTENT_LENGTH)) {
      if (contentLength !== undefined) return undefined;
      contentLength = numberIn(chunk, value, end);
      if (contentLength === undefined) return undefined;
    } else if (isName(chunk, at, nameEnd, CONNECTION)) {
      if (!isName(chunk, value, end, KEEP_ALIVE)) return undefined;
    } else if (isName(chunk, at, nameEnd, OWN_LANGUAGE)) {
      ownLanguage = chunk.toString('latin1', value, end);
    } else if (isName(chunk, at, nameEnd, ACCEPT_LANGUAGE)) {
      acceptLanguage = chunk.toString('latin1', value, end);
    } else if (isName(chunk, at, nameEnd, ORIGIN)) {
      hasOrigin = true;
    } else if (NOT_PLAIN.some((name) => isName(chunk, at, nameEnd, name))) {
      return undefined;
    }
    at = end + 2;
  }
  if (chunk[at + 1] !== LF || at + 2 + (contentLength ?? 0) !== chunk.length) return undefined;
  const isForPath = paths.some(
    (path) => pathEnd - method.length === path.length && isAt(chunk, method.length, path),
  );
  return { isForPath, ownLanguage, acceptLanguage, hasOrigin, contentLength };
}

function isAt(chunk: Buffer, start: number, expected: Uint8Array): boolean {
  for (let i = 0; i < expected.length; i += 1) if (chunk[start + i] !== expected[i]) return false;
  return true;
}

/** Compares without regard to case. */
function isName(chunk: Buffer, start: number, end: number, lowerCase: Uint8Array): boolean {
  if (end - start !== lowerCase.length) return false;
  for (let i = 0; i < lowerCase.length; i += 1) {
    if ((chunk[start + i]! | CASE) !== lowerCase[i]) return false;
  }
  return true;
}

function endOf(table: Uint8Array, chunk: Buffer, start: number): number {
  let at = start;
  while (at < chunk.length && table[chunk[at]!] === 1) at += 1;
  return at;
}

function numberIn(chunk: Buffer, start: number, end: number): number | undefined {
  if (end === start || end - start > MOST_DIGITS || endOf(DIGIT, chunk, start) !== end)
    return undefined;
  let number = 0;
  for (let at = start; at < end; at += 1) number = number * 10 + chunk[at]! - ZERO;
  return number;
}

function tableOf(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) =>
    characters.test(String.fromCharCode(byte)) ? 1 : 0,
  );
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
