import { isToday, today } from '../../api/today.ts';
import { useFigures } from '../../api/use-figures.ts';
import { Bars } from '../../charts/bars.tsx';
import { daysOf } from '../../charts/axis.tsx';
import { addDays, dayLong } from '../../format/days.ts';
import { duration, durationShort, durationUnit } from '../../format/numbers.ts';
import { LearningDocument, type LearningQuery } from '../../gql/graphql.ts';
import { text } from '../../i18n/text.ts';
import { person } from '../../session/session.ts';
import { dayName } from '../../ui/day-name.ts';
import { FiguresPage } from '../../ui/figures-page.tsx';
import { Panel, type Exhibit } from '../../ui/panel.tsx';
import type { Table } from '../../ui/table.ts';
import { Calendar, type CalendarDay } from './calendar.tsx';
import { Continue } from './continue.tsx';
import { Streaks } from './streaks.tsx';

type Learning = LearningQuery['learningActivity']['data'];

const YEAR = 365;
const RECENT = 30;

/** What a learner sees of themselves: streak, the year, minutes, and where they were. */
export function LearningPage() {
  const { userId } = person.value!;
  const from = addDays(today.value, 1 - YEAR);
  const asked = useFigures(
    LearningDocument,
    { userId, from },
    (answer) => answer.learningActivity.data,
  );
  const days = daysOf(from, today.value);
  return (
    <FiguresPage asked={[asked]} name={text('nav.learning')}>
      <Streaks asked={asked} recent={addDays(today.value, 1 - RECENT)} year={from} />
      <Continue userId={userId} />
      <Panel
        title={text('learning.minutes')}
        asked={asked}
        height={250}
        show={(data) => minutes(data, days.slice(-RECENT))}
      />
      <Panel
        title={text('learning.year')}
        asked={asked}
        height={190}
        show={(data) => year(data, days)}
      />
    </FiguresPage>
  );
}

function minutes(data: Learning, days: readonly string[]): Exhibit {
  const rows = rowsOf(data, days);
  return {
    sentence: `${text('learning.minutesSentence', { zone: data.time_zone })} ${text('days.partial')}`,
    chart: (
      <Bars
        label={text('learning.minutes')}
        values={rows.map(({ day, seconds }) => ({
          day,
          value: seconds,
          isPartial: isToday(day),
        }))}
        height={190}
        unit={durationUnit(rows.map(({ seconds }) => seconds))}
        write={durationShort}
        say={({ day, value }) =>
          value === null
            ? text('days.unknown', { day: dayLong(day) })
            : `${dayName(day)}: ${duration(value)}`
        }
      />
    ),
    table: tableOf(
      rows.filter(({ seconds }) => seconds !== null),
      'my-minutes',
    ),
  };
}

function year(data: Learning, days: readonly string[]): Exhibit {
  const rows = rowsOf(data, days);
  return {
    sentence: text('learning.yearSentence', { count: data.active_days }),
    chart: <Calendar label={text('learning.year')} days={rows} />,
    table: tableOf(
      rows.filter(({ seconds, lessons }) => seconds || lessons),
      'my-year',
    ),
  };
}

function rowsOf({ days: active, since }: Learning, days: readonly string[]): CalendarDay[] {
  const known = new Map(active.map((one) => [one.day, one]));
  return days.map((day) => ({
    day,
    seconds: known.get(day)?.seconds ?? (day < since ? null : 0),
    lessons: known.get(day)?.lessons_completed ?? 0,
  }));
}

const tableOf = (rows: readonly CalendarDay[], name: string): Table<CalendarDay> => ({
  name,
  rows,
  columns: [
    { title: text('column.day'), field: 'day', kind: 'day', value: ({ day }) => day },
    {
      title: text('column.time'),
      field: 'watch_time_seconds',
      kind: 'duration',
      value: ({ seconds }) => seconds,
    },
    {
      title: text('column.lessons'),
      field: 'lessons_completed',
      kind: 'count',
      value: ({ lessons }) => lessons,
    },
  ],
});
