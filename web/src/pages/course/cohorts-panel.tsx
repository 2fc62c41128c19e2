import { useFigures } from '../../api/use-figures.ts';
import { CohortGrid } from '../../charts/cohort-grid.tsx';
import { dayRange } from '../../format/days.ts';
import { CourseCohortsDocument, type CourseCohortsQuery } from '../../gql/graphql.ts';
import { text } from '../../i18n/text.ts';
import { Panel, type Exhibit, type Nothing } from '../../ui/panel.tsx';
import { PERIODS, periodVariables, usePeriod } from '../../ui/period.tsx';
import { Share } from '../../ui/share.tsx';
import type { Table } from '../../ui/table.ts';

type Cohort = CourseCohortsQuery['courseAnalytics']['data']['cohorts'][number];

interface Cohorts {
  cohorts: readonly Cohort[];
  /** Of how many days they are. */
  days: number;
}

/** Weeks are compared with each other: fewer days show none of them to its end. */
const DAYS_MINIMUM = 90;
const WEEKS = [1, 2, 4, 8, 12];

/** Learners by the week in which they began, and how many of them had completed the course some weeks later. */
export function CohortsPanel({ courseId }: { courseId: string }) {
  const chosen = usePeriod();
  const days = PERIODS.find((one) => one >= Math.max(chosen, DAYS_MINIMUM))!;
  const asked = useFigures(
    CourseCohortsDocument,
    { courseId, ...periodVariables(days) },
    (answer) => ({ ...answer.courseAnalytics.data, days }),
  );
  return (
    <Panel
      title={text('cohorts.title')}
      asked={asked}
      height={300}
      show={(data) => exhibit(data, { courseId, chosen })}
    />
  );
}

function exhibit(
  { cohorts, days }: Cohorts,
  { courseId, chosen }: { courseId: string; chosen: number },
): Exhibit | Nothing {
  if (cohorts.length === 0) return { nothing: text('cohorts.none', { days }) };
  const sentences = [text('cohorts.sentence', { days })];
  if (chosen < DAYS_MINIMUM) sentences.push(text('cohorts.longer'));
  return {
    sentence: sentences.join(' '),
    chart: (
      <CohortGrid
        label={text('cohorts.title')}
        head={text('cohorts.week')}
        learners={text('column.learners')}
        columns={WEEKS.map((count) => text('cohorts.within', { count }))}
        rows={cohorts.map((cohort) => ({
          name: nameOf(cohort),
          learners: cohort.learners,
          within: cohort.within.map(({ learners }) => learners),
        }))}
      />
    ),
    table: tableOf(cohorts, courseId),
  };
}

const nameOf = ({ week, last_week }: Cohort): string => dayRange({ from: week, to: last_week });

function tableOf(rows: readonly Cohort[], courseId: string): Table<Cohort> {
  return {
    name: `course-${courseId}-cohorts`,
    rows,
    columns: [
      {
        title: text('cohorts.week'),
        field: 'began_in_week_of',
        kind: 'day',
        // Joined weeks are an interval of ISO 8601.
        value: ({ week, last_week }) => (week === last_week ? week : `${week}/${last_week}`),
        show: nameOf,
      },
      {
        title: text('column.learners'),
        field: 'learners',
        kind: 'count',
        value: ({ learners }) => learners,
      },
      ...WEEKS.map((count, index) => ({
        title: text('cohorts.within', { count }),
        field: `completed_within_${count}_${count === 1 ? 'week' : 'weeks'}`,
        kind: 'count' as const,
        value: ({ within }: Cohort) => within[index]?.learners ?? null,
        show: ({ within, learners }: Cohort) => {
          const part = within[index]?.learners ?? null;
          return part === null ? null : <Share part={part} of={learners} />;
        },
      })),
    ],
  };
}
