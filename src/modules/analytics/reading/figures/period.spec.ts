import { expect, it } from 'vitest';
import { InvalidFieldsError } from '../../../../common/errors/invalid-fields.error.js';
import { periodBefore, periodOf } from './period.js';

const today = '2026-03-31';

it('a period is the last 30 days, unless it is said', () => {
  expect(periodOf({}, today)).toEqual({ from: '2026-03-02', to: today });
  expect(periodOf({ from: null, to: '2026-03-10' }, today)).toEqual({
    from: '2026-02-09',
    to: '2026-03-10',
  });
  expect(periodOf({ from: today, to: null }, today)).toEqual({ from: today, to: today });
});

it('a period ends today: a client in another zone may be ahead', () => {
  expect(periodOf({ from: '2026-03-30', to: '2026-04-01' }, today).to).toBe(today);
});

it('a period that ends before it begins, or has more than 366 days, is refused', () => {
  expect(periodOf({ from: '2025-03-31' }, today).from).toBe('2025-03-31');
  for (const from of ['2025-03-30', '2026-04-01']) {
    expect(() => periodOf({ from }, today)).toThrow(InvalidFieldsError);
  }
});

it('the period before has the same number of days', () => {
  expect(periodBefore({ from: '2026-03-02', to: today })).toEqual({
    from: '2026-01-31',
    to: '2026-03-01',
  });
  expect(periodBefore({ from: today, to: today })).toEqual({
    from: '2026-03-30',
    to: '2026-03-30',
  });
});
