import { Curve } from '../../charts/curve.tsx';
import { percent, place } from '../../format/numbers.ts';
import type { LessonQuery } from '../../gql/graphql.ts';
import { text } from '../../i18n/text.ts';
import { isEmbedded, tellSeek } from '../../session/host.ts';
import type { Exhibit, Nothing } from '../../ui/panel.tsx';
import type { Table } from '../../ui/table.ts';
import { Moments } from './moments-list.tsx';
import { momentsOf } from './moments.ts';

export type LessonData = LessonQuery['lessonAnalytics']['data'];

interface Point {
  second: number;
  /** The last second that it stands for. */
  last: number;
  seen: number;
  replayed: number | null;
}

export const CURVE_HEIGHT = 340;

/** The curve of a lesson, with its legend, its moments in words, and the table behind it. */
export function curveExhibit(
  lesson: LessonData,
  courseId: string,
  lessonId: string,
): Exhibit | Nothing {
  const { duration_seconds: duration, seconds_per_point: step, seen, replayed, learners } = lesson;
  if (learners === 0) return { nothing: text('curve.nobody') };
  if (lesson.withheld) return { nothing: text('curve.withheld', { count: learners }) };
  if (duration === null || seen.length === 0) return { nothing: text('curve.noLength') };
  const moments = momentsOf(lesson);
  const seek = (second: number) => tellSeek(courseId, lessonId, second);
  return {
    sentence: (
      <>
        {text('curve.sentence', { count: learners })} {isEmbedded && text('curve.seek')}
      </>
    ),
    chart: (
      <Curve
        label={text('curve.label')}
        duration={duration}
        secondsPerPoint={step}
        seen={seen}
        replayed={replayed}
        moments={moments}
        height={CURVE_HEIGHT}
        say={say}
        seek={seek}
        names={{ seen: text('curve.seen'), replayed: text('curve.replayed') }}
      />
    ),
    table: tableOf(lesson, lessonId),
    below: <Moments moments={moments} seek={isEmbedded ? seek : null} />,
  };
}

function say({ second, seen, replayed }: Omit<Point, 'last'>): string {
  const time = place(second);
  return replayed === null
    ? text('curve.sayUnseen', { time, seen: percent(seen) })
    : text('curve.say', { time, seen: percent(seen), replayed: percent(replayed) });
}

function tableOf(
  { seen, replayed, seconds_per_point: step, duration_seconds: duration }: LessonData,
  lessonId: string,
): Table<Point> {
  return {
    name: `lesson-${lessonId}`,
    rows: seen.map((value, index) => ({
      second: index * step,
      last: Math.min((index + 1) * step, duration!) - 1,
      seen: value,
      replayed: replayed[index] ?? null,
    })),
    columns: [
      {
        title: text('column.second'),
        field: 'from_second',
        kind: 'position',
        value: ({ second }) => second,
        beside: {
          field: 'to_second',
          value: ({ last }) => last,
          words: (first, last) => [first, '–', last],
        },
      },
      {
        title: text('curve.seen'),
        field: 'seen_percent',
        kind: 'percent',
        value: ({ seen }) => seen,
      },
      {
        title: text('curve.replayed'),
        field: 'replayed_percent',
        kind: 'percent',
        value: ({ replayed }) => replayed,
      },
    ],
  };
}
