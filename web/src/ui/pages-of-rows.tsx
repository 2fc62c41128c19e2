import { useLocation } from 'preact-iso';
import { useLayoutEffect } from 'preact/hooks';
import { BAD_USER_INPUT } from '../api/problem.ts';
import type { Asked } from '../api/use-figures.ts';
import { count } from '../format/numbers.ts';
import { text } from '../i18n/text.ts';
import { linkWith } from './links.ts';

/** Behind which rows the pages before this one ended, and the last of these: this one begins behind it. */
export interface Place {
  trail: readonly string[];
  after: string | null;
}

/** Cursors have no such character. */
const BETWEEN = '.';

/** Where one is in a list stands in the address: the browser leads back. */
export function usePlace(): Place {
  const trail = useLocation().query['after']?.split(BETWEEN) ?? [];
  return { trail, after: trail.at(-1) ?? null };
}

/** A place in the list of somebody else is none here: the list begins at its first row. */
export function useFirstRowsIfLost({ figures }: Asked<unknown>, { after }: Place): void {
  const { route } = useLocation();
  const isLost = after !== null && figures.value.problem?.code === BAD_USER_INPUT;
  useLayoutEffect(() => {
    if (isLost) route(linkToPlace([]), true);
  }, [isLost]);
}

const linkToPlace = (trail: readonly string[]): string =>
  linkWith({ after: trail.join(BETWEEN) || undefined });

interface PagesOfRowsProps {
  /** The page that is shown, and those before it. */
  page: PageOfRows<unknown> & Pick<Place, 'trail'>;
  /** How many rows a full page has. */
  full: number;
  /** How many all pages have, where that is known. */
  total?: number;
}

/** Which rows these are, and the ways to those before and behind them. */
export function PagesOfRows({ page, full, total }: PagesOfRowsProps) {
  const { trail, edges, pageInfo } = page;
  const next = nextOf(pageInfo);
  if (trail.length === 0 && next === null) return null;
  const before = trail.length * full;
  const range = `${count(before + 1)}–${count(before + edges.length)}`;
  return (
    <p class="more">
      {trail.length > 0 && (
        <a class="button" href={linkToPlace(trail.slice(0, -1))} onClick={toTop}>
          {text('rows.previous')}
        </a>
      )}
      <span>{total === undefined ? range : text('rows.of', { range, total })}</span>
      {next !== null && (
        <a class="button" href={linkToPlace([...trail, next])} onClick={toTop}>
          {text('rows.next')}
        </a>
      )}
    </p>
  );
}

/** The other rows are read from the first one on. In another tab, they are by themselves. */
function toTop({ currentTarget, ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  if (ctrlKey || metaKey || shiftKey) return;
  const panel = (currentTarget as Element).closest('section')!;
  const heading = panel.querySelector('h2')!;
  panel.scrollIntoView();
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** One page of a list, as the API gives it. */
interface PageOfRows<Row> {
  edges: readonly { node: Row }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Behind which row the next page begins; null on the last one. */
const nextOf = ({ hasNextPage, endCursor }: PageOfRows<unknown>['pageInfo']): string | null =>
  hasNextPage ? endCursor : null;

/** The rows of all pages, one page after the other. */
export async function allRows<Row>(
  read: (after: string | null) => Promise<PageOfRows<Row>>,
): Promise<Row[]> {
  const all: Row[] = [];
  let after: string | null = null;
  do {
    const { edges, pageInfo }: PageOfRows<Row> = await read(after);
    all.push(...edges.map(({ node }) => node));
    after = nextOf(pageInfo);
  } while (after !== null);
  return all;
}
