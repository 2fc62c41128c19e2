import fc from 'fast-check';
import { pino, type LoggerOptions } from 'pino';
import { describe, expect, it } from 'vitest';
import { edgeEnvironment } from '../../../test/for-specs.ts';
import { loggerOptions } from './logger-options.js';
import { RequestLine, type AnsweredRequest } from './request-line.js';

/** pino writes half a surrogate pair as it is, which is no UTF-8. */
const text = fc
  .string({ unit: 'binary', maxLength: 80 })
  .filter((any) => !/\p{Surrogate}/u.test(any));
const requests: fc.Arbitrary<AnsweredRequest> = fc.record({
  requestId: text,
  userId: fc.option(text, { nil: undefined }),
  operationName: fc.option(text, { nil: undefined }),
  fields: fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
  milliseconds: fc.nat(100_000).map((tenths) => tenths / 10),
  outcome: fc.constantFrom('OK', 'NOT_FOUND', 'HTTP_400', 'ABORTED'),
});

describe('the line of a request', () => {
  let written: string[] = [];

  function loggerFor(variables: Record<string, string>): pino.Logger {
    written = [];
    const destination = { write: (line: string) => void written.push(line) };
    const options = loggerOptions(edgeEnvironment(variables), destination).pinoHttp;
    return pino((options as unknown as [LoggerOptions])[0], destination);
  }

  it.each([['1'], ['2']])('is what pino would write, with %s workers', (workers) => {
    const logger = loggerFor({ LOG_LEVEL: 'info', WORKERS: workers });
    const line = new RequestLine(logger);
    fc.assert(
      fc.property(requests, ({ requestId, ...rest }) => {
        written.length = 0;
        line.write({ requestId, ...rest });
        logger.info({ requestId, msg: 'request', ...rest });
        const [ours, pinos] = written.map(withoutTime);
        expect(ours).toBe(pinos);
      }),
    );
  });

  it('has the time of day, to the millisecond, in UTC', () => {
    const line = new RequestLine(loggerFor({ LOG_LEVEL: 'info' }));
    line.write(fc.sample(requests, 1)[0]!);
    const { time } = JSON.parse(written[0]!) as { time: string };
    expect(new Date(time).toISOString()).toBe(time);
  });

  it('is left out where the level of the log is higher', () => {
    new RequestLine(loggerFor({ LOG_LEVEL: 'warn' })).write(fc.sample(requests, 1)[0]!);
    expect(written).toEqual([]);
  });
});

function withoutTime(line: string): string {
  return line.replace(/"time":"[^"]+"/, '"time":""');
}
