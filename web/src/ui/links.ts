import { BASE, config } from '../config.ts';

type Parameters = Record<string, string | number | undefined>;

/** What stays when one goes to another page. */
const KEPT = ['period', 'lang'];

const encoded = (...parts: string[]): string =>
  `${BASE}/${parts.map(encodeURIComponent).join('/')}`;

export const paths = {
  home: BASE,
  courses: encoded('courses'),
  course: (courseId: string) => encoded('courses', courseId),
  lesson: (courseId: string, lessonId: string) => encoded('courses', courseId, 'lessons', lessonId),
  atRisk: (courseId: string) => encoded('courses', courseId, 'at-risk'),
  platform: encoded('platform'),
  learning: encoded('learning'),
};

/** The address of a page, with what stays of the present one. */
export function linkTo(path: string, parameters: Parameters = {}): string {
  const now = new URLSearchParams(location.search);
  const kept = KEPT.map((name): [string, string | null] => [name, now.get(name)]);
  return withParameters(path, { ...Object.fromEntries(kept), ...parameters });
}

/** The present page with something else in its address: what is shown is always in there. */
export function linkWith(parameters: Parameters): string {
  const now = Object.fromEntries(new URLSearchParams(location.search));
  return withParameters(location.pathname, { ...now, ...parameters });
}

function withParameters(path: string, parameters: Record<string, unknown>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined && entry[1] !== null,
  );
  const search = new URLSearchParams(
    given.map(([name, value]) => [name, String(value)]),
  ).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** Where a learner is shown, if anywhere. */
export const learnerAddress = (userId: string): string | null =>
  filled(config.learnerUrl, { userId });

/** Where a lesson is watched from this second on, if anywhere. */
export const lessonAddress = (courseId: string, lessonId: string, second: number): string | null =>
  filled(config.lessonUrl, { courseId, lessonId, second });

const filled = (template: string, values: Record<string, string | number>): string | null =>
  template === ''
    ? null
    : template.replace(/\{(\w+)\}/g, (whole, name: string) =>
        Object.hasOwn(values, name) ? encodeURIComponent(values[name]!) : whole,
      );
