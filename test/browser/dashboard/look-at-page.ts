import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Functions that run in the page, and what axe says of it. */

export const isWithinScreen = (): boolean =>
  document.documentElement.scrollWidth <= document.documentElement.clientWidth;

/** Names of a chart's axes that stick out of it. */
export function outsideTheirChart(): (string | null)[] {
  return [...document.querySelectorAll('.chart svg text')]
    .filter((name) => {
      const [box, chart] = [name, name.closest('svg')!].map((one) => one.getBoundingClientRect());
      return box!.left < chart!.left - 1 || box!.right > chart!.right + 1;
    })
    .map(({ textContent }) => textContent);
}

/** Names below a chart whose middle is not where their mark is. */
export function besideTheirTick(): (string | null)[] {
  return [...document.querySelectorAll('.chart .axis:last-of-type text')]
    .filter((name) => {
      const { left, right } = name.getBoundingClientRect();
      const mark = name.previousElementSibling!.getBoundingClientRect();
      return Math.abs((left + right) / 2 - mark.left) > 2;
    })
    .map(({ textContent }) => textContent);
}

/** Of these, what is not on the screen. */
export const beyondTheEdge = (elements: Element[]): (string | null)[] =>
  elements
    .filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return left < 0 || right > document.documentElement.clientWidth;
    })
    .map(({ textContent }) => textContent);

/** Whether none of these lies upon another one. */
export function areApart(selector: string): boolean {
  const boxes = [...document.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
  const areOver = (one: DOMRect, other: DOMRect): boolean =>
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom;
  return (
    boxes.length > 1 &&
    boxes.every((one, at) => boxes.slice(at + 1).every((other) => !areOver(one, other)))
  );
}

/** How many of these stand in each row, from the upper one. */
export function inRows(selector: string): number[] {
  const rows = new Map<number, number>();
  for (const one of document.querySelectorAll(selector)) {
    const { top } = one.getBoundingClientRect();
    rows.set(top, (rows.get(top) ?? 0) + 1);
  }
  return [...rows.values()];
}

export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(): Promise<AxeResults> } };
    return axe.run();
  });
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
