import { expect, it } from 'vitest';
import { addDays, daysBetween, isCalendarDay, mondayOf } from './calendar-day.js';

it('a date is one that the calendar has, written in one form', () => {
  for (const day of ['2026-01-31', '2024-02-29', '0001-01-01', '9999-12-31']) {
    expect(isCalendarDay(day), day).toBe(true);
  }
  for (const text of [
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-1-31',
    '26-01-31',
    '0000-01-01',
    '2026-01-31T00:00:00Z',
    ' 2026-01-31',
    '2026-01-31\n',
    'today',
    '',
  ]) {
    expect(isCalendarDay(text), text).toBe(false);
  }
});

it('days are added and counted over months, leap days and years', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2026-01-01', '2025-12-31')).toBe(-1);
});

it('a week begins on Monday', () => {
  expect(['2026-03-30', '2026-03-31', '2026-04-05', '2026-04-06'].map(mondayOf)).toEqual([
    '2026-03-30',
    '2026-03-30',
    '2026-03-30',
    '2026-04-06',
  ]);
});
