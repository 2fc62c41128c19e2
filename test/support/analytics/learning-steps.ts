import fc from 'fast-check';
import type { Step } from './learning-model.ts';

/** Berlin and Lord Howe change their clocks in these weeks (by an hour, and by half of one); Kathmandu is at +5:45. */
export const BEGIN = Date.parse('2026-03-20T00:00:00Z');
/** Near enough to meet in windows of 7 and 30 days, or just too far. The clocks change on 9 and on 16. */
const DAYS = [0, 1, 6, 7, 8, 9, 10, 15, 16, 17, 30, 31, 38, 45];
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
];

const ranges = fc
  .uniqueArray(fc.nat(40), { maxLength: 6 })
  .map((seconds) => seconds.toSorted((one, other) => one - other))
  .map((seconds) => {
    const pairs = seconds.slice(0, seconds.length - (seconds.length % 2));
    return `{${pairs.map((second, index) => (index % 2 ? `${second})` : `[${second}`)).join(',')}}`;
  });

/** The quarters before and after midnight in these zones, in UTC. */
const BORDERS = [0, 95, 87, 88, 91, 92, 72, 73, 51, 52, 53, 54, 9, 10];

const times = fc
  .record({
    day: fc.constantFrom(...DAYS),
    quarter: fc.oneof(fc.constantFrom(...BORDERS), fc.nat(95)),
    second: fc.constantFrom(0, 1, 450, 899),
  })
  .map((at) => new Date(BEGIN + ((at.day * 96 + at.quarter) * 900 + at.second) * 1_000));

export const steps: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant<Step['kind']>('watch') },
    {
      weight: 6,
      arbitrary: fc.constantFrom<Step['kind']>('set', 'complete', 'reopen', 'delete', 'moveHome'),
    },
    { weight: 1, arbitrary: fc.constant<Step['kind']>('finishCourse') },
    { weight: 1, arbitrary: fc.constant<Step['kind']>('erase') },
  ),
  user: fc.nat(3),
  lesson: fc.nat(3),
  at: times,
  lateSeconds: fc.constantFrom(0, 5, 90_000),
  seconds: fc.nat(30),
  watched: ranges,
  watchedAgain: ranges,
});
