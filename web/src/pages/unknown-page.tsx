import { text } from '../i18n/text.ts';
import { linkTo, paths } from '../ui/links.ts';
import { Page } from '../ui/page.tsx';

export function UnknownPage() {
  return (
    <Page name={text('unknown.title')}>
      <p class="note">{text('unknown.advice')}</p>
      <p>
        <a class="button" href={linkTo(paths.home)}>
          {text('unknown.home')}
        </a>
      </p>
    </Page>
  );
}
