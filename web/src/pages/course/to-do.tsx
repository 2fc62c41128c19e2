import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { useFigures, type Asked } from '../../api/use-figures.ts';
import { percent, position } from '../../format/numbers.ts';
import { LessonMomentsDocument, type CourseLessonsQuery } from '../../gql/graphql.ts';
import { phrase, text } from '../../i18n/text.ts';
import { Failure } from '../../ui/failure.tsx';
import { linkTo, paths } from '../../ui/links.ts';
import { Skeleton } from '../../ui/panel.tsx';
import { Title } from '../../ui/title.tsx';
import { fallsOf, type Fall } from '../lesson/falls.ts';
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
  const { data, problem } = asked.figures.value;
  const id = useId();
  const replayed = data && mostReplayed(data.lessons);
  const worst = data?.worst_drop_off;
  const stopsIn = worst && data.lessons.find(({ lessonId }) => lessonId === worst.lessonId);
  const isCalm = data && !data.worst_drop_off && !replayed && data.at_risk === 0;
  return (
    <section class="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{text('todo.title')}</h2>
      </header>
      {!data && problem && <Failure problem={problem} retry={asked.retry} />}
      {!data && !problem && <Skeleton height={140} />}
      {isCalm && <p class="nothing">{text('todo.nothing')}</p>}
      {data && !isCalm && (
        <ol class="todo">
          {stopsIn && <DropOff courseId={courseId} {...stopsIn} />}
          {replayed && <Replayed courseId={courseId} {...replayed} />}
          {data.at_risk > 0 && (
            <Advice href={linkTo(paths.atRisk(courseId))} what={text('todo.seeThem')}>
              {text('todo.atRisk', { count: data.at_risk })}
            </Advice>
          )}
        </ol>
      )}
    </section>
  );
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
      {phrase('todo.dropOff', { lesson: <Title title={title} />, count: stopped, started })}
      {fall && ` ${wordsOf(fall)}`}
    </Advice>
  );
}

const wordsOf = ({ from, to, lost }: Fall): string =>
  from === to
    ? text('todo.left', { count: lost, time: position(from) })
    : text('todo.leftBetween', { count: lost, from: position(from), to: position(to) });

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
        from: position(spot.from),
        to: position(spot.to),
      })}
    </Advice>
  );
}
