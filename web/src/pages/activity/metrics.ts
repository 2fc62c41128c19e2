import * as numbers from '../../format/numbers.ts';
import type { Key } from '../../i18n/language.ts';

/** What a period has. Activity and time are null where they begin before anything was known of them. */
export interface PeriodFigures {
  from: string;
  to: string;
  enrolled: number;
  monthly_active: number | null;
  courses_completed: number;
  watch_time_seconds: number | null;
}

export interface Day {
  day: string;
  enrolled: number;
  active: number | null;
  weekly_active: number | null;
  monthly_active: number | null;
  courses_completed: number;
  watch_time_seconds: number | null;
}

export interface Metric {
  id: 'active' | 'enrolled' | 'completions' | 'time';
  name: Key;
  kind: 'count' | 'duration';
  /** Its figure is of these many days before the end, whatever period is chosen. */
  fixedDays?: number;
  /** Its name in a file. */
  field: string;
  ofPeriod(figures: PeriodFigures): number | null;
  ofDay(day: Day): number | null;
  write(value: number): string;
}

export const METRICS: readonly Metric[] = [
  {
    id: 'active',
    name: 'metric.active',
    kind: 'count',
    fixedDays: 30,
    field: 'active_learners',
    ofPeriod: ({ monthly_active }) => monthly_active,
    ofDay: ({ active }) => active,
    write: numbers.count,
  },
  {
    id: 'enrolled',
    name: 'metric.enrolled',
    kind: 'count',
    field: 'new_learners',
    ofPeriod: ({ enrolled }) => enrolled,
    ofDay: ({ enrolled }) => enrolled,
    write: numbers.count,
  },
  {
    id: 'completions',
    name: 'metric.completions',
    kind: 'count',
    field: 'courses_completed',
    ofPeriod: ({ courses_completed }) => courses_completed,
    ofDay: ({ courses_completed }) => courses_completed,
    write: numbers.count,
  },
  {
    id: 'time',
    name: 'metric.time',
    kind: 'duration',
    field: 'watch_time_seconds',
    ofPeriod: ({ watch_time_seconds }) => watch_time_seconds,
    ofDay: ({ watch_time_seconds }) => watch_time_seconds,
    write: numbers.duration,
  },
];

/** Over all courses, who begins two of them is counted twice. */
export const PLATFORM_METRICS = METRICS.map((metric): Metric =>
  metric.id === 'enrolled' ? { ...metric, name: 'metric.starts', field: 'course_starts' } : metric,
);

export const metricOf = (id: string | undefined, metrics = METRICS): Metric =>
  metrics.find((metric) => metric.id === id) ?? metrics[0]!;
