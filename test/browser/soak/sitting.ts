import { between, shuffle } from '../../resilience/load/random.ts';
import { compare, type Stretch, type WatchedRange } from '../harness/coverage.ts';
import { TROUBLES, type Surroundings } from './troubles.ts';

export interface Credited {
  watched: WatchedRange[];
  watch_time_seconds: number;
}

/** What a learner did in one lesson, and what is stored of it. */
export interface Sitting {
  troubles: string[];
  crashes: number;
  secondsSeen: number;
  /** Seconds of the lesson that were played, but are not stored. */
  lost: number[];
  /** Seconds that are stored, but were not played. */
  invented: number[];
  /** Seconds that were credited beyond what was played. */
  doubled: number;
}

/** Watches one lesson, with each trouble once, in any order. */
export async function sit(
  around: Surroundings,
  stepSeconds: [least: number, most: number],
  endsAt: number,
  read: () => Promise<Credited>,
): Promise<Sitting> {
  const { device, random } = around;
  const troubles: string[] = [];
  for (const name of shuffle(random, Object.keys(TROUBLES))) {
    if (performance.now() > endsAt) break;
    await device.tab.play();
    await device.tab.passes(between(random, ...stepSeconds) * 1_000);
    troubles.push(name);
    await TROUBLES[name]!.happens(around);
  }
  await around.service.ready();
  await device.tab.pause();
  await device.tab.delivered();
  return judge(troubles, device.seen, await read());
}

function judge(troubles: string[], seen: Stretch[], { watched, ...credited }: Credited): Sitting {
  const longest = seen.reduce((sum, { earliest, latest }) => sum + latest - earliest, 0);
  return {
    troubles,
    crashes: troubles.filter((name) => TROUBLES[name]!.isCrash).length,
    secondsSeen: Math.round(seen.reduce((sum, { from, sure }) => sum + sure - from, 0)),
    ...compare(watched, seen),
    // A stretch that begins or ends within a second is credited with all of it.
    doubled: Math.max(0, credited.watch_time_seconds - Math.ceil(longest) - seen.length),
  };
}
