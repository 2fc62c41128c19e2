import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Catalogue } from '../../../sandbox/catalogue.ts';
import type { TestDatabase } from '../../support/database.ts';
import { databaseFilledOnce } from '../../support/filled-database.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';
import { signToken } from '../../support/tokens.ts';
import { launchBrowser, type LearnersBrowser } from '../harness/browser.ts';
import { CATALOGUE, LEARNERS_WITH_PAST } from './past/catalogue.ts';
import { storePast } from './past/store-past.ts';

export const PATH = '/userProgress/dashboard';

export interface Person {
  id: string;
  role: string;
}

/** The database of the tests, with what learners did until now. */
const databaseWithPast = (): Promise<TestDatabase> =>
  databaseFilledOnce('with_past', (database) =>
    storePast(database, { catalogue: CATALOGUE, learners: LEARNERS_WITH_PAST }),
  );

interface StageOptions {
  environment?: Partial<NodeJS.ProcessEnv>;
  /** With which courses the database was filled. */
  catalogue?: Catalogue;
  /** Dropped with the stage. */
  database?: TestDatabase;
}

/** The service with sixteen weeks of history, and a browser. */
export class DashboardStage {
  /** What pages complained of, over all of them: errors of scripts, and violations of the policy. */
  readonly complaints: string[] = [];

  private constructor(
    readonly service: TestApp,
    private readonly browser: LearnersBrowser,
  ) {}

  static async open(options: StageOptions = {}): Promise<DashboardStage> {
    const { environment = {}, catalogue = CATALOGUE } = options;
    const database = options.database ?? (await databaseWithPast());
    const [service, browser] = await Promise.all([
      startTestApp({ catalogue, environment, database }),
      launchBrowser(),
    ]);
    return new DashboardStage(service, browser);
  }

  async close(): Promise<void> {
    await this.browser.browser.close();
    await this.service.close();
    await this.service.database.drop();
  }

  /** Opens a page of the dashboard as somebody, and waits until nothing is loading. */
  async visit(person: Person, path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.newPage(options);
    await this.go(page, person, path);
    await settled(page);
    return page;
  }

  /** The same, and leaves the page when it was checked. */
  async check(
    [person, path]: [Person, string],
    options: BrowserContextOptions,
    check: (page: Page) => Promise<void>,
  ): Promise<void> {
    const page = await this.visit(person, path, options);
    await check(page);
    await page.context().close();
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
