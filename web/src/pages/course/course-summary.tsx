import type { CourseHeadQuery } from '../../gql/graphql.ts';
import { percent } from '../../format/numbers.ts';
import { text } from '../../i18n/text.ts';

type Head = CourseHeadQuery['courseAnalytics']['data'];

/** The course as a whole, in words: what does not depend on the period. */
export function CourseSummary({ course }: { course: Head }) {
  const { learners, completers, completion_rate, completion_rate_settled } = course;
  if (learners === 0) return <p class="summary">{text('course.nobody')}</p>;
  const sentences = [
    text('course.learners', { count: learners }),
    text('course.completers', {
      count: completers,
      rate: completion_rate === null ? '' : ` (${percent(completion_rate)})`,
    }),
  ];
  if (completion_rate_settled !== null) {
    sentences.push(text('course.settled', { rate: percent(completion_rate_settled) }));
  }
  if (course.certificates_issued > 0) {
    sentences.push(text('course.certificates', { count: course.certificates_issued }));
  }
  if (course.lost > 0) sentences.push(text('course.lost', { count: course.lost }));
  return <p class="summary">{sentences.join(' ')}</p>;
}
