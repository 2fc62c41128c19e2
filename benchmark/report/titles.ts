import { CONTENDERS } from '../contenders/index.ts';
import { PGBENCH_TITLES } from '../contenders/pgbench.ts';
import { otherBuild } from '../contenders/us.ts';

const TITLES: Record<string, string> = {
  ...Object.fromEntries([...CONTENDERS, otherBuild('')].map(({ name, title }) => [name, title])),
  ...PGBENCH_TITLES,
};

export const titleOf = (contender: string): string => TITLES[contender] ?? contender;

const SCENARIOS: Record<string, string> = {
  beat: 'updateLessonWatchTime',
  recordWatch: 'recordWatch, 10 beats',
  begin: 'recordWatch that begins a lesson',
  courseProgress: 'course progress',
  statistics: 'statistics',
  list: 'list of 12',
  mixed: '90 % beats, 10 % reads',
  beatOfAnyone: 'beats of all learners',
};

export const scenarioTitle = (scenario: string): string => SCENARIOS[scenario] ?? scenario;

/** Whether it is one of the scenarios that have a name, at full load. Others are about latency, or few connections. */
export const isAtFullLoad = (scenario: string): boolean => scenario in SCENARIOS;

/** Whether requests were sent at a fixed rate, so that requests a second say nothing. */
export const isAtFixedRate = (scenario: string): boolean => scenario.startsWith('latency');
