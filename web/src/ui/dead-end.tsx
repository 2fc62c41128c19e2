import type { ComponentChildren } from 'preact';
import { text } from '../i18n/text.ts';
import { linkTo, paths } from './links.ts';
import { Page } from './page.tsx';

interface DeadEndProps {
  name: string;
  /** It came up while the page was there: it is read out at once. */
  role?: 'alert';
  children: ComponentChildren;
}

/** A page on which nothing can be shown: why, and the way back. */
export function DeadEnd({ name, role, children }: DeadEndProps) {
  return (
    <Page name={name}>
      <p class="note" role={role}>
        {children}
      </p>
      <p>
        <a class="button" href={linkTo(paths.home)}>
          {text('unknown.home')}
        </a>
      </p>
    </Page>
  );
}
