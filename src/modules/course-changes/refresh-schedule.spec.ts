import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RefreshSchedule } from './refresh-schedule.js';

let refreshed: string[];
let schedule: RefreshSchedule;

beforeEach(() => {
  vi.useFakeTimers();
  refreshed = [];
  schedule = new RefreshSchedule((courseId) => refreshed.push(courseId));
});
afterEach(() => {
  schedule.stop();
  vi.useRealTimers();
});

it('refreshes soon, and again after the course service has had time', () => {
  schedule.hint('c1');
  vi.advanceTimersByTime(249);
  expect(refreshed).toEqual([]);
  vi.advanceTimersByTime(64);
  expect(refreshed).toEqual(['c1']);
  vi.advanceTimersByTime(5_000);
  expect(refreshed).toEqual(['c1', 'c1']);
});

it('makes one of many hints', () => {
  for (let hint = 0; hint < 50; hint += 1) schedule.hint('c1');
  vi.advanceTimersByTime(60_000);
  expect(refreshed).toEqual(['c1', 'c1']);
});

it('counts the second refresh from the last hint, and refreshes soon after each', () => {
  schedule.hint('c1');
  vi.advanceTimersByTime(3_000);
  schedule.hint('c1');
  vi.advanceTimersByTime(3_000);
  expect(refreshed).toEqual(['c1', 'c1']);
  vi.advanceTimersByTime(2_000);
  expect(refreshed).toEqual(['c1', 'c1', 'c1']);
});

it('keeps courses apart, and no more than a thousand', () => {
  for (let course = 0; course < 1_500; course += 1) schedule.hint(`c${course}`);
  vi.advanceTimersByTime(1_000);
  expect(new Set(refreshed).size).toBe(1_000);
});

it('refreshes nothing once stopped', () => {
  schedule.hint('c1');
  schedule.stop();
  vi.advanceTimersByTime(60_000);
  expect(refreshed).toEqual([]);
});
