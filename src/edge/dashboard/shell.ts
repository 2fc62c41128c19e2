import { readFileSync } from 'node:fs';
import type { Environment } from '../../config/environment.js';

const PLACE = '<meta name="dashboard" content="{}" />';

const ENTITIES: Record<string, string> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/** The page, and in its head what it has to know of this service: no script may stand in it. */
export function renderShell(path: string, environment: Environment): string {
  const known = JSON.stringify({
    embedOrigins: environment.DASHBOARD_EMBED_ORIGINS,
    signInUrl: environment.DASHBOARD_SIGN_IN_URL,
    learnerUrl: environment.DASHBOARD_LEARNER_URL,
    lessonUrl: environment.DASHBOARD_LESSON_URL,
  }).replace(/[&"<>]/g, (character) => ENTITIES[character]!);
  // A function: in a text, `$&` would mean something.
  return readFileSync(path, 'utf8').replace(PLACE, () => PLACE.replace('{}', () => known));
}
