import { useLocation } from 'preact-iso';
import { Bars } from '../../charts/bars.tsx';
import { Line } from '../../charts/line.tsx';
import type { Asked } from '../../api/use-figures.ts';
import { isToday } from '../../api/today.ts';
import { dayLong, dayMedium } from '../../format/days.ts';
import { count, duration, durationShort, durationUnit, short } from '../../format/numbers.ts';
import { text } from '../../i18n/text.ts';
import { dayName } from '../../ui/day-name.ts';
import { Panel, type Exhibit } from '../../ui/panel.tsx';
import type { Table } from '../../ui/table.ts';
import { METRICS, metricOf, type Day, type Metric } from './metrics.ts';

const HEIGHT = 240;

export interface DaysData {
  as_of: string;
  time_zone: string;
  since: string;
  days: readonly Day[];
}

interface DaysPanelProps {
  asked: Asked<DaysData>;
  /** Of its files. */
  name: string;
  metrics?: typeof METRICS;
}

/** What happened day by day, of the figure that is chosen. */
export function DaysPanel({ asked, name, metrics = METRICS }: DaysPanelProps) {
  const metric = metricOf(useLocation().query['metric'], metrics);
  return (
    <Panel
      title={text(metric.name)}
      asked={asked}
      height={HEIGHT + 60}
      show={(data) => exhibit(data, metric, `${name}-${metric.id}`)}
    />
  );
}

function exhibit(data: DaysData, metric: Metric, name: string): Exhibit {
  const { days, since, time_zone: zone } = data;
  const first = days[0]!.day;
  const notes = [
    text('days.sentence', { from: dayMedium(first), to: dayMedium(days.at(-1)!.day), zone }),
  ];
  if (first < since) notes.push(text('days.since', { day: dayMedium(since) }));
  if (isToday(days.at(-1)!.day)) notes.push(text('days.partial'));
  const label = text('days.label', { metric: text(metric.name) });
  const isActive = metric.id === 'active';
  return {
    sentence: notes.join(' '),
    chart: isActive ? (
      <ActiveLine days={days} label={label} />
    ) : (
      <MetricBars {...{ days, metric, label }} />
    ),
    table: isActive ? activeTable(days, name) : metricTable(days, metric, name),
  };
}

interface ChartProps {
  days: readonly Day[];
  label: string;
}

function ActiveLine({ days, label }: ChartProps) {
  const say = (index: number) => {
    const { day, active, weekly_active, monthly_active } = days[index]!;
    if (active === null) return text('days.unknown', { day: dayLong(day) });
    return text('active.say', {
      ...{ day: dayName(day), active, week: weekly_active ?? 0, month: monthly_active ?? 0 },
    });
  };
  return (
    <Line
      label={label}
      days={days.map(({ day }) => day)}
      series={[
        {
          name: text('active.month'),
          tone: 'first',
          values: days.map((day) => day.monthly_active),
        },
        { name: text('active.week'), tone: 'second', values: days.map((day) => day.weekly_active) },
        { name: text('active.day'), tone: 'third', values: days.map((day) => day.active) },
      ]}
      isLastPartial={isToday(days.at(-1)!.day)}
      height={HEIGHT}
      write={short}
      say={say}
    />
  );
}

function MetricBars({ days, metric, label }: ChartProps & { metric: Metric }) {
  const values = days.map((day) => ({
    day: day.day,
    value: metric.ofDay(day),
    isPartial: isToday(day.day),
  }));
  return (
    <Bars
      label={label}
      values={values}
      height={HEIGHT}
      unit={metric.kind === 'duration' ? durationUnit(values.map(({ value }) => value)) : 1}
      write={metric.kind === 'duration' ? durationShort : short}
      say={({ day, value }) =>
        value === null
          ? text('days.unknown', { day: dayLong(day) })
          : `${dayName(day)}: ${metric.kind === 'duration' ? duration(value) : count(value)}`
      }
    />
  );
}

const dayColumn = () =>
  ({ title: text('column.day'), field: 'day', kind: 'day', value: ({ day }: Day) => day }) as const;

/** Tables begin where something is known: a file of a year would begin with months of nothing. */
function activeTable(days: readonly Day[], name: string): Table<Day> {
  return {
    name,
    rows: days.filter(({ active }) => active !== null),
    columns: [
      dayColumn(),
      {
        title: text('active.day'),
        field: 'active_learners',
        kind: 'count',
        value: ({ active }) => active,
      },
      {
        title: text('active.week'),
        field: 'active_in_7_days',
        kind: 'count',
        value: ({ weekly_active }) => weekly_active,
      },
      {
        title: text('active.month'),
        field: 'active_in_30_days',
        kind: 'count',
        value: ({ monthly_active }) => monthly_active,
      },
    ],
  };
}

function metricTable(days: readonly Day[], metric: Metric, name: string): Table<Day> {
  const { kind, field, ofDay } = metric;
  const rows = days.filter((day) => ofDay(day) !== null);
  const column = { title: text(metric.name), field, kind, value: ofDay };
  return { name, rows, columns: [dayColumn(), column] };
}
