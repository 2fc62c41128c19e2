import type { ComponentChildren } from 'preact';
import { useFigures, type Asked } from '../../api/use-figures.ts';
import { percent, place } from '../../format/numbers.ts';
import { LessonMomentsDocument, type CourseLessonsQuery } from '../../gql/graphql.ts';
import type { Key } from '../../i18n/language.ts';
import { phrase, text } from '../../i18n/text.ts';
import { linkTo, paths } from '../../ui/links.ts';
import { Panel, Skeleton, type Exhibit, type Nothing } from '../../ui/panel.tsx';
import { Title } from '../../ui/title.tsx';
import { dropOffWords } from '../drop-off.tsx';
import { fallsOf } from '../lesson/falls.ts';
import { mostReplayed } from './most-replayed.ts';

type CourseLessons = CourseLessonsQuery['courseAnalytics']['data'];

interface LessonProps {
  courseId: string;
  lessonId: string;
  title: string | null;
  duration_seconds: number | null;
}

/** What an instructor would do next: three sentences, each leads to where one sees why. */
export function ToDo({ courseId, asked }: { courseId: string; asked: Asked<CourseLessons> }) {
  return (
    <Panel
      title={text('todo.title')}
      asked={asked}
      height={140}
      show={(course) => advices(course, courseId)}
    />
  );
}

function advices(course: CourseLessons, courseId: string): Exhibit | Nothing {
  const { lessons, worst_drop_off: worst, at_risk } = course;
  const replayed = mostReplayed(lessons);
  const stopsIn = worst && lessons.find(({ lessonId }) => lessonId === worst.lessonId);
  if (!worst && !replayed && at_risk === 0) return { nothing: text(whyNothing(course)) };
  return {
    below: (
      <ol class="todo">
        {stopsIn && <DropOff courseId={courseId} {...stopsIn} />}
        {replayed && <Replayed courseId={courseId} {...replayed} />}
        {at_risk > 0 && (
          <Advice href={linkTo(paths.atRisk(courseId))} what={text('todo.seeThem')}>
            {text('todo.atRisk', { count: at_risk })}
          </Advice>
        )}
      </ol>
    ),
  };
}

function whyNothing({ learners, completion_rate }: CourseLessons): Key {
  if (learners === 0) return 'course.nobody';
  // There is none of so few learners, nor is there a lesson that stands out.
  return completion_rate === null ? 'todo.tooFew' : 'todo.nothing';
}

interface AdviceProps {
  href: string;
  /** What to do, said in a few words. */
  what: string;
  children: ComponentChildren;
}

function Advice({ href, what, children }: AdviceProps) {
  return (
    <li>
      <a href={href}>
        <span>{children}</span> <span class="what">{what}</span>
      </a>
    </li>
  );
}

/** As high as an advice. */
const Waiting = () => (
  <li>
    <Skeleton height={47} />
  </li>
);

/** Of as many seconds as the lesson has: by these the service prices the question. */
const useMoments = ({ courseId, lessonId, duration_seconds: firstSeconds }: LessonProps) =>
  useFigures(
    LessonMomentsDocument,
    { courseId, lessonId, firstSeconds },
    (answer) => answer.lessonAnalytics.data,
  ).figures.value.data;

function DropOff(props: LessonProps & { stopped: number; started: number }) {
  const { courseId, lessonId, title, stopped, started } = props;
  const moments = useMoments(props);
  if (!moments) return <Waiting />;
  const [fall] = fallsOf(moments.leave_points);
  return (
    <Advice href={linkTo(paths.lesson(courseId, lessonId))} what={text('todo.lookAtIt')}>
      {dropOffWords({ title, stopped, started })}
      {fall &&
        ` ${text('todo.left', { count: fall.lost, from: place(fall.from), to: place(fall.to) })}`}
    </Advice>
  );
}

function Replayed(props: LessonProps) {
  const { courseId, lessonId, title } = props;
  const moments = useMoments(props);
  const spot = moments?.hotspots[0];
  if (!moments) return <Waiting />;
  if (!spot) return null;
  return (
    <Advice href={linkTo(paths.lesson(courseId, lessonId))} what={text('todo.lookAtPassage')}>
      {phrase('todo.replayed', {
        lesson: <Title title={title} />,
        count: moments.learners,
        share: percent(spot.share),
        from: place(spot.from),
        to: place(spot.to),
      })}
    </Advice>
  );
}
