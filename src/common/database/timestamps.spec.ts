import fc from 'fast-check';
import pg from 'pg';
import { expect, it } from 'vitest';
import { parseTimestamp } from './timestamps.js';

const usual = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text') as (
  text: string,
) => unknown;

it.each([
  '2026-11-25 16:00:00+00',
  '2026-11-25 16:00:00.1+00',
  '2026-11-25 16:00:00.012+00',
  '2026-11-25 16:00:00.123456+00',
  '2026-11-25 16:00:00.999999+00',
  '1969-12-31 23:59:59.5+00',
  '0001-01-01 00:00:00+00',
  '2026-11-25 16:00:00.123456+01',
  '2026-11-25 16:00:00+05:30',
  '10000-01-01 00:00:00+00',
  '0044-03-15 12:00:00+00 BC',
  'infinity',
])('reads %s as pg does', (text) => {
  expect(parseTimestamp(text)).toEqual(usual(text));
});

it('reads every moment of our time as pg does', () => {
  const moments = fc.date({
    min: new Date('1970-01-01'),
    max: new Date('9999-12-31'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moments, (moment) => {
      const text = moment.toISOString().replace('T', ' ').replace('Z', '+00');
      expect(parseTimestamp(text)).toEqual(moment);
    }),
  );
});
