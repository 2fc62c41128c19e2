import { useLocation, useRoute } from 'preact-iso';
import { ask } from '../api/client.ts';
import { today } from '../api/today.ts';
import { useFigures } from '../api/use-figures.ts';
import { daysBetween } from '../format/days.ts';
import {
  CourseTitleDocument,
  LearnersAtRiskDocument,
  type LearnersAtRiskQuery,
} from '../gql/graphql.ts';
import { phrase, text } from '../i18n/text.ts';
import { Copy } from '../ui/copy.tsx';
import { Learner } from '../ui/learner.tsx';
import { linkTo, linkWith, paths } from '../ui/links.ts';
import { FiguresPage } from '../ui/figures-page.tsx';
import {
  allRows,
  PagesOfRows,
  useFirstRowsIfLost,
  usePlace,
  type Place,
} from '../ui/pages-of-rows.tsx';
import { Panel, type Exhibit, type Nothing } from '../ui/panel.tsx';
import type { Table } from '../ui/table.ts';
import { Title } from '../ui/title.tsx';

type Answer = LearnersAtRiskQuery['courseLearnersAtRisk'];
type List = Answer & Pick<Place, 'trail'>;
type Row = Answer['edges'][number]['node'];

const SILENT_DAYS = [7, 14, 30];
const USUAL = 14;
const ROWS = 50;
const ROWS_MAXIMUM = 100;

/** Learners who have been silent for some time: whom to write to before they are lost. */
export function AtRiskPage() {
  const courseId = useRoute().params['courseId']!;
  const { query } = useLocation();
  const silentDays = SILENT_DAYS.find((days) => days === Number(query['silent'])) ?? USUAL;
  const place = usePlace();
  const { trail, after } = place;
  const asked = useFigures(
    LearnersAtRiskDocument,
    { courseId, silentDays, first: ROWS, after },
    (answer) => ({ ...answer.courseLearnersAtRisk, trail }),
  );
  useFirstRowsIfLost(asked, place);
  const course = useFigures(
    CourseTitleDocument,
    { courseId },
    (answer) => answer.courseAnalytics.data,
  ).figures.value.data;
  return (
    <FiguresPage
      asked={[asked]}
      name={text('atRisk.title')}
      above={{
        href: linkTo(paths.course(courseId)),
        title: course ? <Title title={course.title} /> : text('nav.course'),
      }}
      controls={<SilenceChoice chosen={silentDays} />}
    >
      <Panel
        title={text('atRisk.list', { count: silentDays })}
        asked={asked}
        height={420}
        show={(list) => exhibit(list, courseId, silentDays)}
      />
    </FiguresPage>
  );
}

function SilenceChoice({ chosen }: { chosen: number }) {
  return (
    <nav class="choice" aria-label={text('atRisk.choice')}>
      {SILENT_DAYS.map((days) => (
        <a
          href={linkWith({ silent: days === USUAL ? undefined : days, after: undefined })}
          aria-current={days === chosen ? 'true' : undefined}
        >
          {text('period.days', { count: days })}
        </a>
      ))}
    </nav>
  );
}

function exhibit(list: List, courseId: string, silentDays: number): Exhibit | Nothing {
  if (list.total_learners === 0) return { nothing: text('atRisk.nobody', { count: silentDays }) };
  const rows = list.edges.map(({ node }) => node);
  return {
    sentence: (
      <>
        {text('atRisk.sentence', { count: list.total_learners })} {text('atRisk.ids')}{' '}
        <Copy content={rows.map(({ userId }) => userId).join('\n')} label={text('copy.page')}>
          {text('copy.page')}
        </Copy>
      </>
    ),
    table: {
      name: `course-${courseId}-silent-${silentDays}-days`,
      rows,
      columns: columns(courseId),
      all: () => allLearners(courseId, silentDays),
    },
    below: <PagesOfRows page={list} full={ROWS} total={list.total_learners} />,
  };
}

const columns = (courseId: string): Table<Row>['columns'] => [
  {
    title: text('column.learner'),
    field: 'user_id',
    kind: 'text',
    value: ({ userId }) => userId,
    show: ({ userId }) => <Learner userId={userId} />,
  },
  {
    title: text('column.lastActive'),
    field: 'last_active_on',
    kind: 'day',
    value: ({ last_active_on }) => last_active_on,
  },
  {
    title: text('column.silent'),
    field: 'days_silent',
    kind: 'count',
    value: ({ last_active_on }) => daysBetween(last_active_on, today.value),
  },
  {
    title: text('column.lastLesson'),
    field: 'last_lesson',
    kind: 'text',
    value: ({ last_lesson }) => last_lesson && (last_lesson.title ?? last_lesson.lessonId),
    show: ({ last_lesson }) =>
      last_lesson && (
        <a href={linkTo(paths.lesson(courseId, last_lesson.lessonId))}>
          <Title title={last_lesson.title} />
        </a>
      ),
  },
  {
    title: text('column.lessons'),
    field: 'lessons_completed',
    kind: 'count',
    value: ({ completed_lessons }) => completed_lessons,
    beside: {
      field: 'lessons_total',
      value: ({ total_lessons }) => total_lessons,
      words: (done, all) => phrase('column.partOf', { done, all }),
    },
  },
];

const allLearners = (courseId: string, silentDays: number): Promise<Row[]> =>
  allRows(async (after) => {
    const variables = { courseId, silentDays, first: ROWS_MAXIMUM, after };
    return (await ask(LearnersAtRiskDocument, variables)).courseLearnersAtRisk;
  });
