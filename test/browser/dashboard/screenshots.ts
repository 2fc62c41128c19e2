import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { ADMINISTRATOR, COURSE, DEVOTED, INSTRUCTOR, LESSON } from './past/catalogue.ts';
import { DashboardStage, type Person } from './stage.ts';

const FOLDER = process.env['SCREENSHOTS'] || join('.data', 'screenshots');
const PAGES: Record<string, [person: Person, path: string]> = {
  courses: [INSTRUCTOR, '/courses'],
  course: [INSTRUCTOR, `/courses/${COURSE._id}`],
  lesson: [INSTRUCTOR, `/courses/${COURSE._id}/lessons/${LESSON._id}`],
  'at-risk': [INSTRUCTOR, `/courses/${COURSE._id}/at-risk`],
  platform: [ADMINISTRATOR, '/platform?period=90'],
  learning: [DEVOTED, '/learning'],
};
const LOOKS = {
  light: {},
  dark: { colorScheme: 'dark' },
  arabic: { locale: 'ar' },
  phone: { viewport: { width: 390, height: 844 } },
} as const;

let stage: DashboardStage;
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  stage = await DashboardStage.open();
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
  const [person, path] = PAGES[of]!;
  const viewport = { width: 1_180, height: 800 };
  const page = await stage.visit(person, path, { ...LOOKS[look], viewport });
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.context().close();
});
