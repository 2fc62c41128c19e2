/** What the service tells the page: it stands in the page's head. */
export interface Config {
  /** Origins whose pages may show this one, and hand it a token. */
  embedOrigins: readonly string[];
  /** Where people sign in; `{returnTo}` in it becomes the page's address. Empty: nowhere. */
  signInUrl: string;
  /** Where a learner is shown; `{userId}` in it becomes their id. Empty: nowhere. */
  learnerUrl: string;
  /** Where a lesson is watched; `{courseId}`, `{lessonId}` and `{second}` in it become those. Empty: nowhere. */
  lessonUrl: string;
}

const NOTHING: Config = { embedOrigins: [], signInUrl: '', learnerUrl: '', lessonUrl: '' };

function read(): Config {
  const content = document.querySelector<HTMLMetaElement>('meta[name=dashboard]')?.content;
  return { ...NOTHING, ...(JSON.parse(content ?? '{}') as Partial<Config>) };
}

export const config = read();

export const BASE = '/userProgress/dashboard';
export const ENDPOINT = '/userProgress/graphql';
