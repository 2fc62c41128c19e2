import { useRoute } from 'preact-iso';
import { useFigures } from '../../api/use-figures.ts';
import {
  CourseDaysDocument,
  CourseHeadDocument,
  CourseLessonsDocument,
} from '../../gql/graphql.ts';
import { isolated, text } from '../../i18n/text.ts';
import { person } from '../../session/session.ts';
import { linkTo } from '../../ui/links.ts';
import { FiguresPage } from '../../ui/figures-page.tsx';
import { PeriodChoice, periodVariables, usePeriod } from '../../ui/period.tsx';
import { coursesOf } from '../../ui/site.ts';
import { Title } from '../../ui/title.tsx';
import { WithFigures } from '../../ui/with-figures.tsx';
import { DaysPanel } from '../activity/days-panel.tsx';
import { PeriodFacts } from '../activity/period-facts.tsx';
import { CohortsPanel } from './cohorts-panel.tsx';
import { CourseSummary } from './course-summary.tsx';
import { LessonsPanel } from './lessons-panel.tsx';
import { TimesPanel } from './times-panel.tsx';
import { ToDo } from './to-do.tsx';

export function CoursePage() {
  const courseId = useRoute().params['courseId']!;
  return <Course key={courseId} courseId={courseId} />;
}

function Course({ courseId }: { courseId: string }) {
  const variables = { courseId, ...periodVariables(usePeriod()) };
  const head = useFigures(CourseHeadDocument, variables, (answer) => answer.courseAnalytics.data);
  const days = useFigures(CourseDaysDocument, variables, (answer) => answer.courseAnalytics.data);
  const lessons = useFigures(
    CourseLessonsDocument,
    { courseId },
    (answer) => answer.courseAnalytics.data,
  );
  const { data } = head.figures.value;
  const courses = coursesOf(person.value?.role ?? null);
  return (
    <FiguresPage
      asked={[head, days, lessons]}
      name={data?.title ? isolated(data.title) : text('nav.course')}
      title={data ? <Title title={data.title} /> : undefined}
      above={{ href: linkTo(courses.href), title: text(courses.title) }}
      controls={<PeriodChoice />}
      note={data?.being_evaluated ? text('course.evaluated') : undefined}
    >
      <div class="lead">
        <WithFigures
          asked={head}
          height={176}
          show={(course) => (
            <>
              <CourseSummary course={course} />
              <PeriodFacts
                now={course.period}
                whole={course.whole_days}
                days={days.figures.value.data?.days ?? null}
                since={course.since}
              />
            </>
          )}
        />
      </div>
      <DaysPanel asked={days} name={`course-${courseId}`} />
      <ToDo courseId={courseId} asked={lessons} />
      <LessonsPanel courseId={courseId} asked={lessons} />
      <TimesPanel courseId={courseId} />
      <CohortsPanel courseId={courseId} />
    </FiguresPage>
  );
}
