import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../i18n/text.ts';

export interface PageProps {
  /** What the browser's tab says. */
  name: string;
  /** What stands at its top; the name, unless a foreign title has to be isolated. */
  title?: ComponentChildren;
  /** The way back. */
  above?: { href: string; title: ComponentChildren };
  controls?: ComponentChildren;
  /** Something that is true of all figures of the page. */
  note?: ComponentChildren;
  children: ComponentChildren;
}

/** Whether the reader has done anything yet: before, the first Tab leads to the first link. */
let hasActed = false;
for (const kind of ['click', 'keydown', 'popstate']) {
  window.addEventListener(kind, () => (hasActed = true), { capture: true, once: true });
}

export function Page({ name, title, above, controls, note, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${name} · ${text('app.name')}`;
  }, [name]);
  // Who came by a link goes on reading at the top of the new page.
  useEffect(() => {
    if (hasActed) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <div class="page-head">
        <div>
          {above && (
            <a class="above" href={above.href}>
              {above.title}
            </a>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title ?? name}
          </h1>
        </div>
        <div class="controls">{controls}</div>
      </div>
      {note && <p class="note">{note}</p>}
      {children}
    </>
  );
}
