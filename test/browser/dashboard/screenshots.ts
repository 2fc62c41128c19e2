import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { WITH_PAST } from '../../../sandbox/history/catalogue.ts';
import { PAGES } from './pages.ts';
import { databaseWithWholePast } from './past/whole-past.ts';
import { DashboardStage } from './stage.ts';

const FOLDER = process.env['SCREENSHOTS'] || join('.data', 'screenshots');
const LOOKS = {
  light: {},
  dark: { colorScheme: 'dark' },
  arabic: { locale: 'ar' },
  phone: { viewport: { width: 390, height: 844 } },
} as const;

let stage: DashboardStage;
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  // As `npm start` shows it.
  const database = await databaseWithWholePast();
  stage = await DashboardStage.open({ catalogue: WITH_PAST, database });
});
afterAll(() => stage.close());

it.each(
  Object.entries(PAGES).flatMap(([name, page]) =>
    Object.entries(LOOKS).map(([look, options]) => ({ name, look, page, options })),
  ),
)('$name, $look', async ({ name, look, page: [person, path], options }) => {
  const page = await stage.visit(person, path, { deviceScaleFactor: 2, ...options });
  await page.screenshot({ path: join(FOLDER, `${name}-${look}.png`), fullPage: true });
  await page.context().close();
});

/** What stands in the README: the first screen only, in the size in which it is shown. */
const README: [name: string, page: keyof typeof PAGES, look: keyof typeof LOOKS][] = [
  ['dashboard-course', 'course', 'light'],
  ['dashboard-lesson', 'lesson', 'light'],
  ['dashboard-arabic', 'learning', 'arabic'],
  ['dashboard-dark', 'lesson', 'dark'],
];

it.each(README)('for the README: %s', async (name, of, look) => {
  const [person, path] = PAGES[of];
  const viewport = { width: 1_180, height: 800 };
  const page = await stage.visit(person, path, { ...LOOKS[look], viewport });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.context().close();
});
