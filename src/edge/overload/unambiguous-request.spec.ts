import { describe, expect, it } from 'vitest';
import { unambiguousRequest } from './unambiguous-request.js';

const HEAD = 'POST /api HTTP/1.1\r\nHost: x\r\n';

function requestWith(fields: string, body = ''): string {
  return `${HEAD}${fields}\r\n${body}`;
}

function recognized(bytes: string): ReturnType<typeof unambiguousRequest> {
  return unambiguousRequest(Buffer.from(bytes, 'latin1'), [
    Buffer.from('/other'),
    Buffer.from('/api'),
  ]);
}

describe('a plain request', () => {
  it('is recognized with what a refusal needs to know', () => {
    const fields = 'Accept-Language: es, en;q=0.5\r\nContent-Length: 2\r\n';
    expect(recognized(requestWith(fields, '{}'))).toEqual({
      isForPath: true,
      acceptLanguage: 'es, en;q=0.5',
      hasOrigin: false,
      contentLength: 2,
    });
    expect(recognized(requestWith('origin: https://a.example\r\n'))?.hasOrigin).toBe(true);
    expect(recognized(requestWith('X-Lang: ar\r\n'))?.ownLanguage).toBe('ar');
    expect(recognized('GET /other HTTP/1.1\r\nHost: x\r\n\r\n')?.isForPath).toBe(true);
  });

  it.each(['/ap', '/apis', '/api?x', '/API'])('is for another path where that is %s', (path) => {
    expect(recognized(`POST ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)?.isForPath).toBe(false);
  });

  it.each([
    ['without a body', 'POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n'],
    ['by GET', 'GET /api?query=%7B__typename%7D HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['that asks to keep the connection', requestWith('connection: Keep-Alive\r\n')],
    ['in other capitals', requestWith('cOnTeNt-LeNgTh: 3\r\n', '{ }')],
    ['without spaces', requestWith('Content-Length:3\r\nx:\r\n', '{ }')],
    ['with bytes beyond ASCII', requestWith('x: \xe9\xff\r\nContent-Length: 2\r\n', '\xc3\xa9')],
  ])('is one %s', (_what, bytes) => {
    expect(recognized(bytes)).toBeDefined();
  });

  it.each([
    ['nothing', ''],
    ['half a first line', 'POST /api HT'],
    ['half a head', HEAD],
    ['half an end of the head', `${HEAD}\r`],
    ['half a body', requestWith('Content-Length: 3\r\n', '{}')],
    ['more than its body', requestWith('Content-Length: 1\r\n', '{}')],
    ['a body without a length', requestWith('', '{}')],
    ['two requests', requestWith('') + requestWith('')],
    ['two lengths', requestWith('Content-Length: 2\r\nContent-Length: 2\r\n', '{}')],
    ['a list of lengths', requestWith('Content-Length: 2, 2\r\n', '{}')],
    ['a length with a sign', requestWith('Content-Length: +2\r\n', '{}')],
    ['a length in other digits', requestWith('Content-Length: 0x2\r\n', '{}')],
    ['a length of nothing', requestWith('Content-Length:\r\n')],
    ['a length with a space after it', requestWith('Content-Length: 2 \r\n', '{}')],
    ['a name with a space after it', requestWith('Content-Length : 2\r\n', '{}')],
    ['an absurd length', requestWith(`Content-Length: ${'0'.repeat(400)}2\r\n`, '{}')],
    ['chunks', requestWith('Transfer-Encoding: chunked\r\n', '0\r\n\r\n')],
    ['chunks and a length', requestWith('Transfer-Encoding: x\r\nContent-Length: 2\r\n', '{}')],
    ['chunks by another name', requestWith('transfer-ENCODING: chunked\r\n', '0\r\n\r\n')],
    ['an expectation', requestWith('Expect: 100-continue\r\nContent-Length: 2\r\n', '{}')],
    ['an upgrade', requestWith('Connection: upgrade\r\nUpgrade: h2c\r\n')],
    ['a last request', requestWith('Connection: close\r\n')],
    ['a line that goes on', requestWith('x: a\r\n b\r\n')],
    ['a line that begins with a space', requestWith(' x: a\r\n')],
    ['a line without a name', requestWith(': a\r\n')],
    ['a line without a colon', requestWith('x\r\n')],
    ['an end of line without CR', requestWith('x: a\nTransfer-Encoding: chunked\r\n')],
    ['an end of line without LF', requestWith('x: a\rTransfer-Encoding: chunked\r\n')],
    ['U+0000 in a value', requestWith('x: \0\r\n')],
    ['another version', 'POST /api HTTP/1.0\r\nHost: x\r\n\r\n'],
    ['another method', 'PUT /api HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a method in small letters', 'post /api HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a path with a space', 'POST /api /b HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a line before it', '\r\nPOST /api HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a head beyond what the server takes', requestWith(`x: ${'a'.repeat(17_000)}\r\n`)],
  ])('is not %s', (_what, bytes) => {
    expect(recognized(bytes)).toBeUndefined();
  });

  it('is not any part of one, nor anything more', () => {
    const whole = requestWith('Content-Length: 12\r\nAccept: */*\r\n', '{"query":""}');
    for (let end = 0; end < whole.length; end += 1) {
      expect(recognized(whole.slice(0, end))).toBeUndefined();
      if (end > 0) expect(recognized(whole.slice(end))).toBeUndefined();
    }
    expect(recognized(whole)).toBeDefined();
    expect(recognized(`${whole}\r\n`)).toBeUndefined();
  });
});
