import { text } from '../i18n/text.ts';
import { linkWith } from './links.ts';

/** The way to the next rows. Where one is stands in the address, and the browser leads back. */
export function NextRows({ after }: { after: string | null }) {
  if (after === null) return null;
  return (
    <p class="more">
      <a class="button" href={linkWith({ after })}>
        {text('rows.next')}
      </a>
    </p>
  );
}

interface PageOfRows<Row> {
  rows: readonly Row[];
  next: string | null;
}

/** The rows of all pages, one page after the other. */
export async function allRows<Row>(
  read: (after: string | null) => Promise<PageOfRows<Row>>,
): Promise<Row[]> {
  const all: Row[] = [];
  let after: string | null = null;
  do {
    const { rows, next }: PageOfRows<Row> = await read(after);
    all.push(...rows);
    after = next;
  } while (after !== null);
  return all;
}
