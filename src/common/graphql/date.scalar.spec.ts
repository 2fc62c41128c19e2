import { Kind } from 'graphql';
import { expect, it } from 'vitest';
import { DateScalar } from './date.scalar.js';

it('a date is taken and given as it is written', () => {
  expect(DateScalar.parseValue('2026-01-31')).toBe('2026-01-31');
  expect(DateScalar.parseLiteral({ kind: Kind.STRING, value: '2026-01-31' })).toBe('2026-01-31');
  expect(DateScalar.serialize('2026-01-31')).toBe('2026-01-31');
});

it('what is no date of the calendar is refused, and never guessed', () => {
  for (const value of ['2026-02-30', '2026-01-31T00:00:00Z', '', 20_260_131, null]) {
    expect(() => DateScalar.parseValue(value), String(value)).toThrow('YYYY-MM-DD');
  }
  expect(() => DateScalar.parseLiteral({ kind: Kind.INT, value: '2026' })).toThrow('YYYY-MM-DD');
});

it('a moment is not shown as a date: its day depends on a zone', () => {
  expect(() => DateScalar.serialize(new Date())).toThrow('Date expects a text');
});
