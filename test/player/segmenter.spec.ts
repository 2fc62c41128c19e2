import { expect, it } from 'vitest';
import { mulberry32 } from '../../sandbox/mulberry32.ts';
import { EVIDENCE_RULES } from '../builders/evidence.ts';
import { Viewing } from './viewing.ts';

const HOUR = 3_600;
/** Of each profile. */
const HOURS = 4;

type Act = (viewing: Viewing, random: () => number) => void;
const about = (mean: number, random: () => number) => -mean * Math.log(1 - random());
const oneOf = <Value>(values: readonly Value[], random: () => number) =>
  values[Math.floor(random() * values.length)]!;

const pause: Act = (viewing, random) => {
  viewing.pause();
  viewing.wait(about(8, random));
  viewing.play();
};
const seek: Act = (viewing, random) =>
  viewing.seek(
    random() < 0.5 ? Math.max(0, viewing.position - 10) : random() * (viewing.duration - 1),
  );
const scrub: Act = (viewing, random) => {
  for (let moves = 3 + random() * 15; moves > 0; moves -= 1) {
    seek(viewing, random);
    viewing.watch(random() * 0.15);
  }
};
const changeRate =
  (rates: readonly number[]): Act =>
  (viewing, random) =>
    viewing.rate(oneOf(rates, random));

interface Profile {
  name: string;
  /** Seconds between two acts, on average. */
  every: number;
  act: Act;
  duration?: number;
  rates?: readonly number[];
  maxRate?: number;
  credited?: number;
  clips?: number;
}

const USUAL = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const FAST = [0.5, 1, 2, 3, 4, 8, 16];

const PROFILES: Profile[] = [
  { name: 'plain', every: 300, act: pause },
  { name: 'at 1.5×', every: 300, act: pause, rates: [1.5] },
  { name: 'at 2×', every: 300, act: pause, rates: [2] },
  { name: 'at changing rates', every: 60, act: changeRate(USUAL) },
  {
    name: 'at rates up to 16×, of which some are paused',
    every: 60,
    act: (...given) => (given[1]() < 0.3 ? pause : changeRate(FAST))(...given),
    maxRate: 16,
    duration: 9_000.7,
  },
  { name: 'with a seek every 30 s', every: 30, act: seek },
  { name: 'with a seek every 3 s', every: 3, act: seek, credited: 0.995, clips: Infinity },
  { name: 'with scrubbing', every: 60, act: scrub },
  {
    name: 'with stalls that no event tells of',
    every: 20,
    act: (viewing, random) => viewing.wait(0.2 + about(2, random)),
  },
  { name: 'in a loop', every: 300, act: pause, duration: 12.02 },
  {
    name: 'while the clock is set',
    every: 300,
    act: (viewing, random) => {
      viewing.setClock(oneOf([-HOUR, -90, 90, HOUR], random));
      viewing.watch(40);
    },
  },
  {
    name: 'while the device sleeps',
    every: 300,
    act: (viewing, random) => viewing.sleep(about(60, random)),
  },
];

/** An hour of a learner. */
function view({ every, act, duration, rates, maxRate }: Profile, seed: number): Viewing {
  const random = mulberry32(seed);
  const rules = { ...EVIDENCE_RULES, maxRate: maxRate ?? EVIDENCE_RULES.maxRate };
  const viewing = new Viewing(random, duration ?? 1_200.4, rules);
  viewing.play();
  if (rates) viewing.rate(rates[0]!);
  while (viewing.elapsed < HOUR) {
    viewing.watch(about(every, random));
    if (!viewing.isAtTheEnd) act(viewing, random);
    else if (viewing.duration < 60) viewing.seek(0);
    else {
      viewing.end();
      viewing.wait(2);
      viewing.seek(0);
      viewing.play();
    }
  }
  viewing.finish();
  return viewing;
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

it.each(PROFILES)('an honest learner is credited what was played: $name', (profile) => {
  const hours = Array.from({ length: HOURS }, (_, seed) => view(profile, seed * 7_919 + 1));
  const outcomes = hours.flatMap((hour) => hour.outcomes);
  for (const { runs, outcomes } of hours) {
    const played = sum(runs.map(([from, to]) => to - from));
    const claimed = sum(outcomes.map((outcome) => outcome.claimed));
    expect(Math.abs(claimed - played)).toBeLessThanOrEqual(runs.length);
  }
  const claimed = sum(outcomes.map((outcome) => outcome.claimed));
  const credited = sum(outcomes.map((outcome) => outcome.creditedSeconds));
  const clips = outcomes.filter(({ result }) => result !== 'COUNTED');
  expect(credited / claimed).toBeGreaterThanOrEqual(profile.credited ?? 0.999);
  expect(clips.length).toBeLessThanOrEqual(profile.clips ?? 0);
});
