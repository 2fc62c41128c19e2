import type { Locator, Page } from 'playwright-core';

/** An exact value of the page: `<data value>`. Null where it says that there is none. */
export type Value = string | number | null;

const valueOf = (text: string | null): Value => {
  if (text === null || text === '') return null;
  return Number.isNaN(Number(text)) ? text : Number(text);
};

/** A part of the page, by its heading. */
export const panel = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: title }).and(page.locator('section'));

/** The large figures, by name. */
export async function factsOf(page: Page): Promise<Record<string, Value>> {
  const facts: Record<string, Value> = {};
  for (const fact of await page.locator('.fact').all()) {
    const name = await fact.locator('.name').innerText();
    facts[name] = valueOf(await fact.locator('data').getAttribute('value'));
  }
  return facts;
}

/** What a file calls the columns of a table. A chart's table is opened first. */
export async function fieldsOf(page: Page, title: string): Promise<string[]> {
  await openTable(page, title);
  return panel(page, title)
    .locator('thead th')
    .evaluateAll((heads) =>
      heads.flatMap((head) => (head as HTMLElement).dataset['fields']!.split(' ')),
    );
}

async function openTable(page: Page, title: string): Promise<void> {
  const toggle = (pressed: boolean) =>
    panel(page, title).getByRole('button', { name: 'Table', pressed });
  if ((await toggle(false).count()) === 0) return;
  await toggle(false).click();
  // The table comes with the button's new state, and not with the click.
  await toggle(true).waitFor();
}

/** The rows of a table as exact values. A chart's table is opened first. */
export async function rowsOf(page: Page, title: string): Promise<Value[][]> {
  await openTable(page, title);
  const rows = await panel(page, title)
    .locator('tbody tr')
    .evaluateAll((found) =>
      found.map((row) =>
        [...row.querySelectorAll('data')].map((cell) => cell.getAttribute('value')),
      ),
    );
  return rows.map((row) => row.map(valueOf));
}
