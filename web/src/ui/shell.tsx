import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { text } from '../i18n/text.ts';
import { person } from '../session/session.ts';
import { AwayLine } from './away.tsx';
import { Freshness } from './freshness.tsx';
import { openKeys } from './keys.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { linkTo } from './links.ts';
import { pageAt, pagesOf } from './site.ts';

export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  const role = person.value?.role ?? null;
  const pages = person.value ? pagesOf(role) : [];
  const here = pageAt(path, role);
  return (
    <>
      <a class="skip" href="#main">
        {text('nav.skip')}
      </a>
      <header class="top">
        <div class="inner">
          <nav aria-label={text('nav.label')}>
            {pages.map((page) => (
              <a href={linkTo(page.href)} aria-current={page === here ? 'page' : undefined}>
                {text(page.title)}
              </a>
            ))}
          </nav>
          <div class="controls">
            <Freshness />
            <button
              type="button"
              class="quiet key"
              aria-label={text('keys.title')}
              onClick={openKeys}
            >
              ?
            </button>
          </div>
        </div>
      </header>
      <AwayLine />
      <main id="main" class="inner">
        {children}
      </main>
      <footer class="inner">
        <LanguageChoice />
      </footer>
    </>
  );
}
