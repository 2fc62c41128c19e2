import { useFigures } from '../api/use-figures.ts';
import { PlatformDocument, TopCoursesDocument, type TopCoursesQuery } from '../gql/graphql.ts';
import { text } from '../i18n/text.ts';
import { linkTo, paths } from '../ui/links.ts';
import { FiguresPage } from '../ui/figures-page.tsx';
import { Panel } from '../ui/panel.tsx';
import { PeriodChoice, periodVariables, usePeriod } from '../ui/period.tsx';
import type { Table } from '../ui/table.ts';
import { Title } from '../ui/title.tsx';
import { WithFigures } from '../ui/with-figures.tsx';
import { DaysPanel } from './activity/days-panel.tsx';
import { PLATFORM_METRICS } from './activity/metrics.ts';
import { PeriodFacts } from './activity/period-facts.tsx';

type TopCourse = TopCoursesQuery['platformAnalytics']['data']['top_courses'][number];

/** What learners do on the whole platform. */
export function PlatformPage() {
  const variables = periodVariables(usePeriod());
  const platform = useFigures(
    PlatformDocument,
    variables,
    (answer) => answer.platformAnalytics.data,
  );
  const top = useFigures(TopCoursesDocument, variables, (answer) => answer.platformAnalytics.data);
  return (
    <FiguresPage asked={[platform, top]} name={text('nav.platform')} controls={<PeriodChoice />}>
      <div class="lead">
        <WithFigures
          asked={platform}
          height={138}
          show={({ period, whole_days, days, since }) => (
            <PeriodFacts
              now={period}
              whole={whole_days}
              metrics={PLATFORM_METRICS}
              {...{ days, since }}
            />
          )}
        />
      </div>
      <DaysPanel asked={platform} name="platform" metrics={PLATFORM_METRICS} />
      <Panel
        title={text('platform.top')}
        asked={top}
        height={360}
        show={({ top_courses }) =>
          top_courses.length === 0
            ? { nothing: text('platform.nothing') }
            : { sentence: text('platform.topSentence'), table: tableOf(top_courses) }
        }
      />
    </FiguresPage>
  );
}

const tableOf = (rows: readonly TopCourse[]): Table<TopCourse> => ({
  name: 'platform-top-courses',
  rows,
  columns: [
    {
      title: text('column.course'),
      field: 'course',
      kind: 'text',
      value: ({ title, courseId }) => title ?? courseId,
      show: ({ title, courseId }) => (
        <a href={linkTo(paths.course(courseId))}>
          <Title title={title} />
        </a>
      ),
    },
    {
      title: text('metric.time'),
      field: 'watch_time_seconds',
      kind: 'duration',
      value: ({ watch_time_seconds }) => watch_time_seconds,
    },
    {
      title: text('metric.starts'),
      field: 'course_starts',
      kind: 'count',
      value: ({ enrolled }) => enrolled,
    },
    {
      title: text('metric.completions'),
      field: 'courses_completed',
      kind: 'count',
      value: ({ courses_completed }) => courses_completed,
    },
  ],
});
