import { text } from '../i18n/text.ts';

/** A title of a course or lesson, which may be anything: it turns no direction, and is wrapped where it must be. */
export function Title({ title }: { title: string | null }) {
  return <bdi class="title">{title ?? text('title.unknown')}</bdi>;
}
