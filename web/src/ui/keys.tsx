import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { text } from '../i18n/text.ts';
import { person } from '../session/session.ts';
import { linkTo } from './links.ts';
import { linkToPeriod, nextPeriod } from './period.tsx';
import { pagesOf } from './site.ts';

const dialog = () => document.querySelector<HTMLDialogElement>('dialog.keys')!;

export const openKeys = (): void => dialog().showModal();

/** What keys do, wherever one is; and the list of them. */
export function Keys() {
  const { route } = useLocation();
  const pages = pagesOf(person.value?.role ?? null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest('input, select');
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || dialog().open) return;
      const page = pages[Number(event.key) - 1];
      const step = { '[': -1, ']': 1 }[event.key];
      // Of the address: a second key may come before the page of the first one is drawn.
      const next = step && nextPeriod(step);
      if (event.key === '?') openKeys();
      else if (page) route(linkTo(page.href));
      else if (next) route(linkToPeriod(next), true);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [pages.length]);

  const rows: [keys: string[], what: string][] = [
    ...pages.map(({ title }, index): [string[], string] => [[String(index + 1)], text(title)]),
    [['[', ']'], text('keys.period')],
    [['←', '→'], text('keys.cursor')],
    [['Page ↑', 'Page ↓'], text('keys.far')],
    [['Enter'], text('keys.seek')],
    [['?'], text('keys.list')],
  ];
  return (
    <dialog class="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">{text('keys.title')}</h2>
      <dl>
        {rows.map(([keys, what]) => (
          <div>
            <dt>
              {keys.map((key) => (
                <kbd>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="button" onClick={() => dialog().close()}>
          {text('keys.close')}
        </button>
      </form>
    </dialog>
  );
}
