import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { directionOf, LANGUAGES } from '../../common/i18n/languages.js';
import type { Environment } from '../../config/environment.js';

const PLACE = '<meta name="dashboard" content="{}" />';
const HEAD_END = '</head>';
const ROOT = '<html lang="en">';

const ENTITIES: Record<string, string> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/** What the build says of each source: in which file it is. */
type Manifest = Partial<Record<string, { file: string }>>;

/**
 * The page by language, and in its direction. In its head it has what it must know of this service, since no script may
 * stand in it, and the file of the language: the browser asks for it at once, not when the script has found out that it
 * wants it.
 * @param folder what the build of the dashboard made
 * @param base the path that its files are below
 */
export function renderShells(
  folder: string,
  base: string,
  environment: Environment,
): ReadonlyMap<string, string> {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const manifest = JSON.parse(read(join('.vite', 'manifest.json'))) as Manifest;
  const known = JSON.stringify({
    embedOrigins: environment.DASHBOARD_EMBED_ORIGINS,
    signInUrl: environment.DASHBOARD_SIGN_IN_URL,
    learnerUrl: environment.DASHBOARD_LEARNER_URL,
    lessonUrl: environment.DASHBOARD_LESSON_URL,
  }).replace(/[&"<>]/g, (character) => ENTITIES[character]!);
  // A function: in a text, `$&` would mean something.
  const page = read('index.html').replace(PLACE, () => PLACE.replace('{}', () => known));
  return new Map(
    LANGUAGES.map((language) => {
      // One of them has no file: it is in the script itself.
      const file = manifest[`src/i18n/${language}.json`]?.file;
      const link = file
        ? `  <link rel="modulepreload" crossorigin href="${base}/${file}">\n  `
        : '';
      const root = `<html lang="${language}" dir="${directionOf(language)}">`;
      return [language, page.replace(ROOT, root).replace(HEAD_END, link + HEAD_END)];
    }),
  );
}
