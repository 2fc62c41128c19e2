/** Differences of one portion, as lines to print, and how to mend them. */
export interface AuditedPortion {
  lines: readonly string[];
  /** How many differences there are, also beyond those in `lines`. */
  found: number;
  /** How far the audit is: shown on a terminal. */
  progress: string;
  mend(): Promise<unknown>;
}

/** What `progress:verify` and `progress:rebuild` go through, and how they tell the result. */
export interface Audited {
  portions: AsyncIterable<AuditedPortion>;
  right: string;
  mended(found: number): string;
  wrong(found: number): string;
}

const SHOWN_AT_MOST = 100;

/**
 * Prints the differences; with `repair`, mends them, portion by portion.
 * @returns the exit code: 0 when no difference is left, 1 when there is one.
 */
export async function go({ portions, ...said }: Audited, repair: boolean): Promise<number> {
  let found = 0;
  let shown = 0;
  for await (const portion of portions) {
    found += portion.found;
    for (const line of portion.lines.slice(0, SHOWN_AT_MOST - shown)) console.log(line);
    const before = shown;
    shown = Math.min(found, SHOWN_AT_MOST);
    if (found > SHOWN_AT_MOST && before < SHOWN_AT_MOST) console.log('…');
    if (repair && portion.found > 0) await portion.mend();
    showProgress(portion.progress);
  }
  clearProgress();
  if (found === 0) console.log(said.right);
  else console.log(repair ? said.mended(found) : said.wrong(found));
  return found > 0 && !repair ? 1 : 0;
}

function showProgress(progress: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${progress}`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
