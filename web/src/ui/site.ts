import type { Key } from '../i18n/language.ts';
import { paths } from './links.ts';

export interface SitePage {
  href: string;
  title: Key;
}

const COURSES: SitePage = { href: paths.courses, title: 'nav.courses' };
const PLATFORM: SitePage = { href: paths.platform, title: 'nav.platform' };
const LEARNING: SitePage = { href: paths.learning, title: 'nav.learning' };

/** Where somebody finds courses: administrators, who may see all of them, on the platform's page. */
export const coursesOf = (role: string | null): SitePage =>
  pagesOf(role).includes(PLATFORM) ? PLATFORM : COURSES;

/** The page that somebody is on, or came from to a course. */
export const pageAt = (path: string, role: string | null): SitePage | undefined =>
  path.startsWith(`${paths.courses}/`)
    ? coursesOf(role)
    : pagesOf(role).find(({ href }) => path.startsWith(href));

/** The pages that somebody has; the first of them is where they begin. */
export function pagesOf(role: string | null): readonly SitePage[] {
  if (role === 'admin' || role === 'service') return [PLATFORM, COURSES, LEARNING];
  return role === 'user' ? [LEARNING] : [COURSES, LEARNING];
}
