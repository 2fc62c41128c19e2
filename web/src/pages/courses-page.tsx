import { useLocation } from 'preact-iso';
import { ask } from '../api/client.ts';
import { useFigures } from '../api/use-figures.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { duration } from '../format/numbers.ts';
import { MyCoursesDocument, type MyCoursesOrder, type MyCoursesQuery } from '../gql/graphql.ts';
import type { Key } from '../i18n/language.ts';
import { phrase, text } from '../i18n/text.ts';
import { person } from '../session/session.ts';
import { linkTo, linkWith, paths } from '../ui/links.ts';
import { FiguresPage } from '../ui/figures-page.tsx';
import {
  allRows,
  PagesOfRows,
  useFirstRowsIfLost,
  usePlace,
  type Place,
} from '../ui/pages-of-rows.tsx';
import { coursesOf } from '../ui/site.ts';
import { Panel, type Exhibit, type Nothing } from '../ui/panel.tsx';
import type { Table } from '../ui/table.ts';
import { Title } from '../ui/title.tsx';
import { dropOffWords } from './drop-off.tsx';

type Answer = MyCoursesQuery['myCourses'];
type Courses = Answer & Pick<Place, 'trail'>;
type Course = Answer['edges'][number]['node'];

const ROWS = 25;
const ROWS_MAXIMUM = 100;
const ORDERS: readonly { id: MyCoursesOrder; name: Key }[] = [
  { id: 'TITLE_ASC', name: 'courses.byTitle' },
  { id: 'LEARNERS_DESC', name: 'courses.byLearners' },
  { id: 'AT_RISK_DESC', name: 'courses.byRisk' },
];
const USUAL: MyCoursesOrder = 'LEARNERS_DESC';

/** What somebody teaches: one row a course, and in words where its learners stop. */
export function CoursesPage() {
  const { query } = useLocation();
  const place = usePlace();
  const orderBy = ORDERS.find(({ id }) => id === query['order'])?.id ?? USUAL;
  const asked = useFigures(
    MyCoursesDocument,
    { first: ROWS, after: place.after, orderBy },
    (answer) => ({ ...answer.myCourses, trail: place.trail }),
  );
  useFirstRowsIfLost(asked, place);
  const isEmpty = asked.figures.value.data?.edges.length === 0;
  return (
    <FiguresPage
      asked={[asked]}
      name={text('nav.courses')}
      controls={isEmpty ? undefined : <OrderChoice chosen={orderBy} />}
    >
      <Panel
        title={text('courses.list')}
        isOnly
        asked={asked}
        height={420}
        show={(courses) => exhibit(courses, orderBy)}
      />
    </FiguresPage>
  );
}

function OrderChoice({ chosen }: { chosen: MyCoursesOrder }) {
  return (
    <nav class="choice" aria-label={text('courses.order')}>
      {ORDERS.map(({ id, name }) => (
        <a
          href={linkWith({ order: id === USUAL ? undefined : id, after: undefined })}
          aria-current={id === chosen ? 'true' : undefined}
        >
          {text(name)}
        </a>
      ))}
    </nav>
  );
}

function exhibit(courses: Courses, orderBy: MyCoursesOrder): Exhibit | Nothing {
  const { edges } = courses;
  if (edges.length === 0) return { nothing: <NoCourse /> };
  return {
    table: {
      name: 'courses',
      rows: edges.map(({ node }) => node),
      columns: columns(),
      all: () => allCourses(orderBy),
    },
    below: <PagesOfRows page={courses} full={ROWS} />,
  };
}

/** Administrators teach none, and may see all. */
function NoCourse() {
  const { href, title } = coursesOf(person.value?.role ?? null);
  if (href === paths.courses) return <>{text('courses.none')}</>;
  const link = <a href={linkTo(href)}>{text(title)}</a>;
  return <>{phrase('courses.noneOfAll', { platform: link })}</>;
}

const columns = (): Table<Course>['columns'] => [
  {
    title: text('column.course'),
    field: 'course',
    kind: 'text',
    value: ({ title, courseId }) => title ?? courseId,
    show: (course) => <CourseName course={course} />,
  },
  {
    title: text('column.learners'),
    field: 'learners',
    kind: 'count',
    value: ({ learners }) => learners,
  },
  {
    title: text('column.completion'),
    field: 'completion_rate_percent',
    kind: 'percent',
    value: ({ completion_rate }) => completion_rate,
  },
  {
    title: text('column.atRisk'),
    field: 'learners_at_risk',
    kind: 'count',
    value: ({ at_risk }) => at_risk,
    show: ({ at_risk, courseId }) =>
      at_risk === 0 ? null : (
        <a href={linkTo(paths.atRisk(courseId))}>{text('number', { count: at_risk })}</a>
      ),
  },
  {
    title: text('column.weeks'),
    field: 'watch_time_in_8_weeks_seconds',
    kind: 'duration',
    value: ({ weeks }) => weeks.reduce((sum, week) => sum + (week.watch_time_seconds ?? 0), 0),
    show: ({ weeks }) => {
      const seconds = weeks.map(({ watch_time_seconds }) => watch_time_seconds ?? 0);
      const all = duration(seconds.reduce((sum, one) => sum + one, 0));
      return <Sparkline values={seconds} label={text('courses.sparkline', { time: all })} />;
    },
  },
];

function CourseName({ course }: { course: Course }) {
  const { courseId, title, worst_drop_off: worst, being_evaluated } = course;
  return (
    <div class="course-name">
      <a href={linkTo(paths.course(courseId))}>
        <Title title={title} />
      </a>
      <p>
        {being_evaluated && `${text('courses.evaluated')} `}
        {worst ? dropOffWords(worst) : text(whyCalm(course))}
      </p>
    </div>
  );
}

function whyCalm({ learners, completion_rate }: Course): Key {
  if (learners === 0) return 'courses.nobody';
  // There is none of so few learners, nor is there a lesson that stands out.
  return completion_rate === null ? 'todo.tooFew' : 'courses.calm';
}

const allCourses = (orderBy: MyCoursesOrder): Promise<Course[]> =>
  allRows(async (after) => {
    const variables = { first: ROWS_MAXIMUM, after, orderBy };
    return (await ask(MyCoursesDocument, variables)).myCourses;
  });
