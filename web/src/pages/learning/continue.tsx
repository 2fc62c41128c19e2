import type { ComponentChildren } from 'preact';
import { useFigures } from '../../api/use-figures.ts';
import { percent, place } from '../../format/numbers.ts';
import {
  LastWatchedDocument,
  MissingLessonsDocument,
  type LastWatchedQuery,
} from '../../gql/graphql.ts';
import { phrase, text } from '../../i18n/text.ts';
import { isEmbedded, tellSeek } from '../../session/host.ts';
import { lessonAddress } from '../../ui/links.ts';
import { Panel } from '../../ui/panel.tsx';
import { Title } from '../../ui/title.tsx';

type Watched = LastWatchedQuery['userProgressList']['items'][number];

/** The lessons that were watched last, and are not completed. */
export function Continue({ userId }: { userId: string }) {
  const asked = useFigures(LastWatchedDocument, { userId }, (answer) => answer.userProgressList);
  return (
    <Panel
      title={text('continue.title')}
      asked={asked}
      height={120}
      show={({ items }) =>
        items.length === 0
          ? { nothing: text('continue.nothing') }
          : {
              below: (
                <ol class="todo">
                  {items.map((item) => (
                    <Item key={item.id} item={item} userId={userId} />
                  ))}
                </ol>
              ),
            }
      }
    />
  );
}

/** The title comes from the lessons that are missing for the certificate: learners have no other list of them. */
function Item({ item, userId }: { item: Watched; userId: string }) {
  const { courseId, lessonId, position_seconds: second, coverage_percentage: seen } = item;
  const { data } = useFigures(MissingLessonsDocument, { userId, courseId }, (answer) => ({
    lessons: answer.certificateStatus.data.blockers,
    course: answer.getCourseProgress.data,
  })).figures.value;
  const title = data?.lessons.find((lesson) => lesson.lessonId === lessonId)?.title ?? lessonId;
  const sentence = (
    <>
      <span>{phrase('continue.at', { lesson: <Title title={title} />, time: place(second) })}</span>{' '}
      <span class="soft">
        {seen !== null && text('continue.seen', { share: percent(seen) })}{' '}
        {data &&
          phrase('continue.course', {
            course: <Title title={data.course.title} />,
            done: data.course.completed_lessons,
            count: data.course.total_lessons,
          })}
      </span>
    </>
  );
  return (
    <li>
      <WayTo {...{ courseId, lessonId, second }}>{sentence}</WayTo>
    </li>
  );
}

interface WayToProps {
  courseId: string;
  lessonId: string;
  second: number;
  children: ComponentChildren;
}

/** Leads to the lesson: the page around this one goes there, or a link, if the service was told an address. */
function WayTo({ courseId, lessonId, second, children }: WayToProps) {
  const address = lessonAddress(courseId, lessonId, second);
  if (!isEmbedded && address === null) return <div>{children}</div>;
  const content = (
    <>
      {children} <span class="what">{text('continue.go')}</span>
    </>
  );
  return isEmbedded ? (
    <button type="button" class="text" onClick={() => tellSeek(courseId, lessonId, second)}>
      {content}
    </button>
  ) : (
    <a href={address!}>{content}</a>
  );
}
