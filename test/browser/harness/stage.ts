import type { BrowserContext, Page } from 'playwright-core';
import { platform } from '../../builders/catalogue.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';
import { signToken } from '../../support/tokens.ts';
import { launchBrowser, type LearnersBrowser } from './browser.ts';
import { compare, type Differences, type Stretch, type WatchedRange } from './coverage.ts';
import { FilmTab, inPage, type WatchOptions } from './film-tab.ts';
import type { Line } from './line.ts';
import { RawBrowser, type RawTab } from './raw-browser.ts';
import { startWebServer, type WebServer } from './web-server.ts';

const LEARNERS = 40;
const FILM_SECONDS = 300;
/** Twelve pages that open at once, beside other tests. */
const BUSY_MACHINE_MS = 60_000;
/** Of 12.6 s: the service rounds, so the player must. */
const CLIP_SECONDS = 13;
const RECORD = `query ($userId: String!, $lessonId: String!) {
  userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) { data {
    completed position_seconds unique_seconds rewatched_seconds watch_time_seconds watched { from to } } } }`;

export interface LessonRecord {
  completed: boolean;
  position_seconds: number;
  unique_seconds: number;
  rewatched_seconds: number;
  watch_time_seconds: number;
  watched: WatchedRange[];
}

const world = platform({ lessons: 2, learners: LEARNERS, durationSeconds: FILM_SECONDS });
const [filmLesson, clipLesson] = world.course.sections![0]!.lessons;
clipLesson!.durationSeconds = CLIP_SECONDS;

/** The service, a web server and a browser, for the tests of a file. Each test has a learner of its own. */
export class Stage {
  private readonly learnerIds = [...world.learnerIds];

  private constructor(
    readonly service: TestApp,
    readonly web: WebServer,
    readonly browser: LearnersBrowser,
    readonly raw: RawBrowser,
  ) {}

  static async open(): Promise<Stage> {
    const [service, browser] = await Promise.all([
      startTestApp({ catalogue: world.catalogue }),
      launchBrowser(),
    ]);
    const [web, raw] = await Promise.all([
      startWebServer(service.graphqlUrl),
      RawBrowser.connect(browser.debuggerUrl),
    ]);
    return new Stage(service, web, browser, raw);
  }

  async close(): Promise<void> {
    this.raw.close();
    await this.browser.browser.close();
    await this.web.close();
    await this.service.close();
  }

  /** A learner who has seen nothing yet, with a device of their own. */
  async learner(): Promise<Learner> {
    const id = this.learnerIds.shift();
    if (!id) throw new Error(`More than ${LEARNERS} learners are needed`);
    return new Learner(this, id, await signToken({ sub: id, role: 'user' }));
  }
}

/** Someone who watches on one device: their pages share storage, locks and the network. */
export class Learner {
  readonly line: Line;
  /** Milliseconds since 1970: nothing was watched before. */
  readonly since = Date.now();
  private device: Promise<BrowserContext> | undefined;
  private rawDevice: Promise<string> | undefined;

  constructor(
    private readonly stage: Stage,
    readonly id: string,
    readonly token: string,
  ) {
    this.line = stage.web.line(id);
  }

  /** Opens the film in a page. `prepare` runs in it before everything else. */
  async watch(options: WatchOptions = {}, prepare?: () => void): Promise<WatchedPage> {
    const page = await this.open(prepare);
    const tab = new FilmTab(inPage(page));
    await tab.attach(this.options(options));
    return Object.assign(tab, { page });
  }

  /** The same in a tab that may be hidden, frozen or kept by the browser: Playwright's always stay visible. */
  async watchRaw(options: WatchOptions = {}, prepare?: () => void): Promise<WatchedRawTab> {
    this.rawDevice ??= this.stage.raw.createDevice();
    const raw = await this.stage.raw.open(await this.rawDevice, this.page, prepare);
    const tab = new FilmTab((work, ...given) => raw.evaluate(work, ...given));
    await tab.attach(this.options(options));
    return Object.assign(tab, { raw });
  }

  /** From now on the learner uses this device. */
  use(device: BrowserContext): void {
    this.device = Promise.resolve(device);
  }

  get page(): string {
    return `${this.stage.web.origin}/watch.html`;
  }

  /** A page without a player. */
  get elsewhere(): string {
    return `${this.stage.web.origin}/elsewhere.html`;
  }

  async record(lesson: 'film' | 'clip' = 'film'): Promise<LessonRecord | null> {
    const client = await this.stage.service.as({ sub: this.id, role: 'user' });
    const { data } = await client.request(RECORD, {
      userId: this.id,
      lessonId: lesson === 'film' ? filmLesson!._id : clipLesson!._id,
    });
    return data?.userProgressByUserAndLesson.data ?? null;
  }

  /** What is stored, against what was seen. */
  async differences(seen: Stretch[], lesson?: 'film' | 'clip'): Promise<Differences> {
    return compare((await this.record(lesson))?.watched ?? [], seen);
  }

  options({ source = 'tides.webm', ...rest }: WatchOptions): object {
    const { origin } = this.stage.web;
    return {
      endpoint: `${origin}/graphql/${this.id}`,
      source: source.includes('/') ? source : `/${source}`,
      userId: this.id,
      courseId: world.course._id,
      lessonId: source === 'tides.webm' ? filmLesson!._id : clipLesson!._id,
      token: this.token,
      muted: true,
      beatSeconds: 30,
      flushSeconds: 1,
      ...rest,
    };
  }

  private async open(prepare?: () => void): Promise<Page> {
    this.device ??= this.stage.browser.browser.newContext();
    const page = await (await this.device).newPage();
    if (prepare) await page.addInitScript(prepare);
    await page.goto(this.page, { timeout: BUSY_MACHINE_MS });
    return page;
  }
}

export type WatchedPage = FilmTab & { page: Page };
export type WatchedRawTab = FilmTab & { raw: RawTab };
