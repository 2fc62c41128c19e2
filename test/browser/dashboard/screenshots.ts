import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { WITH_PAST } from '../../../sandbox/history/catalogue.ts';
import { PAST_COURSES } from '../../../sandbox/history/courses.ts';
import { PAGES } from './pages.ts';
import { INSTRUCTOR } from './past/catalogue.ts';
import { databaseWithWholePast } from './past/whole-past.ts';
import { DashboardStage, type Person } from './stage.ts';

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

/** A lesson that many leave in its middle, and see again a little later. */
const [, , WEATHER] = PAST_COURSES;
const CHART = WEATHER!.sections![1]!.lessons[0]!;
const LESSON = `/courses/${WEATHER!._id}/lessons/${CHART._id}`;

/** What stands in the README: the first screen only, in the size in which it is shown. */
const README: [name: string, person: Person, path: string, look: keyof typeof LOOKS][] = [
  ['dashboard-course', ...PAGES.course, 'light'],
  ['dashboard-lesson', INSTRUCTOR, LESSON, 'light'],
  ['dashboard-arabic', ...PAGES.learning, 'arabic'],
  ['dashboard-dark', INSTRUCTOR, LESSON, 'dark'],
];

it.each(README)('for the README: %s', async (name, person, path, look) => {
  const viewport = { width: 1_180, height: 940 };
  const page = await stage.visit(person, path, { ...LOOKS[look], viewport });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.context().close();
});
