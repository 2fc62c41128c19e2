import { useFigures } from '../../api/use-figures.ts';
import { Histogram } from '../../charts/histogram.tsx';
import { CourseTimesDocument, type CourseTimesQuery } from '../../gql/graphql.ts';
import { count, days } from '../../format/numbers.ts';
import { text } from '../../i18n/text.ts';
import { Panel, type Exhibit, type Nothing } from '../../ui/panel.tsx';
import { binsOf } from './bins.ts';

type Times = CourseTimesQuery['courseAnalytics']['data'];

const HEIGHT = 240;

/** How long learners took to complete the course. */
export function TimesPanel({ courseId }: { courseId: string }) {
  const asked = useFigures(
    CourseTimesDocument,
    { courseId },
    (answer) => answer.courseAnalytics.data,
  );
  return (
    <Panel
      title={text('times.title')}
      asked={asked}
      height={HEIGHT + 60}
      show={(data) => exhibit(data, courseId)}
    />
  );
}

function exhibit(data: Times, courseId: string): Exhibit | Nothing {
  const { completers, median_days_to_complete: median, p90_days_to_complete: p90 } = data;
  if (completers === 0) return { nothing: text('times.nobody') };
  if (median === null || p90 === null) return { nothing: text('times.withheld') };
  return {
    sentence: text('times.sentence', { half: days(median), most: days(p90) }),
    chart: (
      <Histogram
        label={text('times.label')}
        bins={binsOf(data.days_to_complete)}
        height={HEIGHT}
        write={count}
        writeSize={days}
        say={({ from, to, count }) =>
          text('times.say', { count, range: from === to ? days(from) : `${from}–${days(to)}` })
        }
        marks={[{ value: median, name: text('times.half', { days: days(median) }) }]}
      />
    ),
    table: {
      name: `course-${courseId}-days-to-complete`,
      rows: data.days_to_complete,
      columns: [
        {
          title: text('column.days'),
          field: 'days_to_complete',
          kind: 'count',
          value: (row: { days: number }) => row.days,
        },
        {
          title: text('column.learners'),
          field: 'learners',
          kind: 'count',
          value: (row: { learners: number }) => row.learners,
        },
      ],
    },
  };
}
