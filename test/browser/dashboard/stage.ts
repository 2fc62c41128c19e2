import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../../support/test-app.ts';
import { signToken } from '../../support/tokens.ts';
import { launchBrowser, type LearnersBrowser } from '../harness/browser.ts';
import { CATALOGUE } from './history/courses.ts';
import { storeHistory } from './history/store.ts';

export const PATH = '/userProgress/dashboard';

export interface Person {
  id: string;
  role: string;
}

/** The service with ten weeks of history, and a browser. */
export class DashboardStage {
  /** What pages complained of, over all of them: errors of scripts, and violations of the policy. */
  readonly complaints: string[] = [];

  private constructor(
    readonly service: TestApp,
    private readonly browser: LearnersBrowser,
  ) {}

  static async open(environment: Partial<NodeJS.ProcessEnv> = {}): Promise<DashboardStage> {
    const [service, browser] = await Promise.all([
      startTestApp({ catalogue: CATALOGUE, environment }),
      launchBrowser(),
    ]);
    await storeHistory(service);
    return new DashboardStage(service, browser);
  }

  async close(): Promise<void> {
    await this.browser.browser.close();
    await this.service.close();
  }

  /** Opens a page of the dashboard as somebody, and waits until nothing is loading. */
  async visit(person: Person, path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.newPage(options);
    await this.go(page, person, path);
    await settled(page);
    return page;
  }

  async go(page: Page, { id, role }: Person, path: string): Promise<void> {
    const token = await signToken({ sub: id, role });
    await page.goto(`${this.service.origin}${PATH}${path}#token=${token}`);
  }

  async newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.newContext(options);
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('console', (message) => {
      if (/Content.Security.Policy|TrustedHTML|Trusted Type/i.test(message.text())) {
        this.complaints.push(message.text());
      }
    });
    return page;
  }

  newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    return this.browser.browser.newContext({
      ...{ locale: 'en-GB', viewport: { width: 1_280, height: 900 }, reducedMotion: 'reduce' },
      ...options,
    });
  }
}

/** Everything is shown that was asked for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('h1') !== null &&
      document.querySelector('.skeleton, [aria-busy=true]') === null,
  );
}
