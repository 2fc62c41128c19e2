import type { Asked } from '../../api/use-figures.ts';
import type { CourseLessonsQuery } from '../../gql/graphql.ts';
import { text } from '../../i18n/text.ts';
import { linkTo, paths } from '../../ui/links.ts';
import { Panel } from '../../ui/panel.tsx';
import type { Table } from '../../ui/table.ts';
import { Title } from '../../ui/title.tsx';

type Course = CourseLessonsQuery['courseAnalytics']['data'];
type Lesson = Course['lessons'][number];

/** From lesson to lesson: who began it, who completed it, and who stopped there. */
export function LessonsPanel({ courseId, asked }: { courseId: string; asked: Asked<Course> }) {
  return (
    <Panel
      title={text('lessons.title')}
      asked={asked}
      height={320}
      show={({ lessons }) =>
        lessons.length === 0
          ? { nothing: text('lessons.none') }
          : {
              sentence: `${text('lessons.terms')} ${text('lessons.sentence')}`,
              table: tableOf(lessons, courseId),
            }
      }
    />
  );
}

function tableOf(rows: readonly Lesson[], courseId: string): Table<Lesson> {
  const most = Math.max(1, ...rows.map(({ started }) => started));
  return {
    name: `course-${courseId}-lessons`,
    rows,
    columns: [
      {
        title: text('column.lesson'),
        field: 'lesson',
        kind: 'text',
        value: ({ title, lessonId }) => title ?? lessonId,
        show: (lesson) => (
          <div class="funnel">
            <span>
              <a href={linkTo(paths.lesson(courseId, lesson.lessonId))}>
                <Title title={lesson.title} />
              </a>
              {!lesson.listed && <span class="former">{text('lessons.former')}</span>}
            </span>
            <span class="track" aria-hidden="true">
              <span class="started" style={{ inlineSize: share(lesson.started, most) }} />
              <span class="completed" style={{ inlineSize: share(lesson.completed, most) }} />
            </span>
          </div>
        ),
      },
      {
        title: text('column.started'),
        field: 'learners_started',
        kind: 'count',
        value: ({ started }) => started,
      },
      {
        title: text('column.completed'),
        field: 'learners_completed',
        kind: 'count',
        value: ({ completed }) => completed,
      },
      {
        title: text('column.stopped'),
        field: 'learners_stopped',
        kind: 'count',
        value: ({ stopped }) => stopped,
      },
      {
        title: text('column.coverage'),
        field: 'average_coverage_percent',
        kind: 'percent',
        value: ({ average_coverage }) => average_coverage,
      },
      {
        title: text('column.time'),
        field: 'watch_time_seconds',
        kind: 'duration',
        value: ({ watch_time_seconds }) => watch_time_seconds,
      },
    ],
  };
}

const share = (part: number, whole: number): string => `${(part / whole) * 100}%`;
