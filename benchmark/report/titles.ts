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
  courseProgress: 'course progress',
  statistics: 'statistics',
  list: 'list of 12',
  mixed: '90 % beats, 10 % reads',
};

export const scenarioTitle = (scenario: string): string => SCENARIOS[scenario] ?? scenario;
