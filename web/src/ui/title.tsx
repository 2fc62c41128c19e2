import { text } from '../i18n/text.ts';

/**
 * A title of a course or lesson, which may be anything: it turns no direction, and is wrapped where it must be. Cut after
 * some lines, it is told whole to who points at it.
 */
export function Title({ title }: { title: string | null }) {
  return (
    <bdi class="title" title={title ?? undefined}>
      {title ?? text('title.unknown')}
    </bdi>
  );
}
