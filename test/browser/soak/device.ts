import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchProfile, pidOf } from '../harness/browser.ts';
import type { Stretch } from '../harness/coverage.ts';
import { FilmTab, inPage } from '../harness/film-tab.ts';

/** How late the last news of a page can be that has ended, in seconds of the film at double speed. */
const UNTOLD_SECONDS = 1;

/** A browser with a folder of its own. The tab in front plays a film; those behind it have stopped. */
export class Device {
  tab!: FilmTab;
  /** What was played, by witness: each load of a page has one. */
  private readonly witnessed = new Map<string, Stretch[]>();
  private readonly witnessOf = new Map<Page, string>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'progress-soak-'));
  private context!: BrowserContext;
  private pages: Page[] = [];
  private options: object = {};

  constructor(private readonly address: string) {}

  async start(): Promise<void> {
    this.context = await launchProfile(this.folder);
    await this.context.exposeBinding(
      'onWitness',
      ({ page }, witness: string, stretches: Stretch[]) => {
        this.witnessed.set(witness, stretches);
        this.witnessOf.set(page, witness);
      },
    );
  }

  /** Begins with another lesson: nothing was seen of it. */
  async begin(options: object): Promise<void> {
    for (const page of this.pages.splice(0)) await page.close();
    this.options = options;
    this.witnessed.clear();
    await this.open();
  }

  get seen(): Stretch[] {
    return [...this.witnessed.values()].flat();
  }

  /** Another tab comes to the front, and goes on where the learner was. */
  async open(): Promise<void> {
    const page = await this.context.newPage();
    this.pages.push(page);
    await this.load(page);
  }

  async reload(): Promise<void> {
    await this.load(this.front);
  }

  /** Leaves the page. */
  async leaveAndReturn(elsewhere: string): Promise<void> {
    await this.front.goto(elsewhere);
    this.ended(this.front);
    await this.load(this.front);
  }

  async closeFront(): Promise<void> {
    const page = this.pages.pop()!;
    await page.close();
    this.ended(page);
    if (this.pages.length === 0) await this.open();
    else this.tab = new FilmTab(inPage(this.front));
  }

  async crashFront(): Promise<void> {
    const page = this.pages.pop()!;
    const session = await this.context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => {});
    await crashed;
    await page.close();
    this.ended(page);
    await this.open();
  }

  /** The whole browser, with all its tabs. */
  async kill(): Promise<void> {
    const { context, front } = this;
    const closed = context.waitForEvent('close');
    process.kill(-(await pidOf(context)), 'SIGKILL');
    await closed;
    this.ended(front);
    this.pages = [];
    await this.start();
    await this.open();
  }

  async setOffline(isOffline: boolean): Promise<void> {
    await this.context.setOffline(isOffline);
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private get front(): Page {
    return this.pages.at(-1)!;
  }

  private async load(page: Page): Promise<void> {
    await page.goto(this.address);
    this.ended(page);
    this.tab = new FilmTab(inPage(page));
    await this.tab.attach(this.options);
    await this.tab.resume();
  }

  private ended(page: Page): void {
    const last = this.witnessed.get(this.witnessOf.get(page) ?? '')?.at(-1);
    this.witnessOf.delete(page);
    if (last) last.latest += UNTOLD_SECONDS;
  }
}
