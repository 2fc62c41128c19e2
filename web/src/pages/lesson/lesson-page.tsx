import { useRoute } from 'preact-iso';
import { useFigures } from '../../api/use-figures.ts';
import { CourseTitleDocument, LessonDocument } from '../../gql/graphql.ts';
import { isolated, text } from '../../i18n/text.ts';
import { linkTo, paths } from '../../ui/links.ts';
import { FiguresPage } from '../../ui/figures-page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Title } from '../../ui/title.tsx';
import { CURVE_HEIGHT, curveExhibit } from './curve-exhibit.tsx';
import { LessonFacts } from './lesson-facts.tsx';

const POINTS = 300;

export function LessonPage() {
  const { courseId, lessonId } = useRoute().params as { courseId: string; lessonId: string };
  return <Lesson key={`${courseId} ${lessonId}`} courseId={courseId} lessonId={lessonId} />;
}

function Lesson({ courseId, lessonId }: { courseId: string; lessonId: string }) {
  const asked = useFigures(
    LessonDocument,
    { courseId, lessonId, points: POINTS },
    (answer) => answer.lessonAnalytics.data,
  );
  const course = useFigures(
    CourseTitleDocument,
    { courseId },
    (answer) => answer.courseAnalytics.data,
  ).figures.value.data;
  const { data } = asked.figures.value;
  const title = data?.lesson.title ?? null;
  return (
    <FiguresPage
      asked={[asked]}
      name={title === null ? text('nav.lesson') : isolated(title)}
      title={data ? <Title title={title} /> : undefined}
      above={{
        href: linkTo(paths.course(courseId)),
        title: course ? <Title title={course.title} /> : text('nav.course'),
      }}
    >
      <Panel
        title={text('curve.title')}
        asked={asked}
        height={CURVE_HEIGHT + 60}
        show={(lesson) => curveExhibit(lesson, courseId, lessonId)}
      />
      {data && <LessonFacts lesson={data.lesson} />}
    </FiguresPage>
  );
}
