import type { Sandbox } from './configure.ts';
import { SANDBOX } from './catalogue.ts';
import { lessonAddress } from './lesson/address.ts';
import { signToken } from './token.ts';

const PATH = '/userProgress/graphql';

/** Where the service answers GraphQL. */
export const addressOf = (port: number): string => `http://localhost:${port}${PATH}`;

/** The text that is printed when everything runs. */
export async function welcome(port: number, { secret }: Sandbox): Promise<string> {
  const origin = `http://localhost:${port}`;
  const address = addressOf(port);
  const ready = `\nReady: ${address}\n`;
  if (!secret) return ready;

  const [learner] = SANDBOX.learners;
  const people = [
    { title: 'learner', person: learner! },
    { title: 'instructor', person: SANDBOX.instructors[0]! },
    { title: 'administrator', person: SANDBOX.administrator },
  ];
  const tokens = await Promise.all(
    people.map(async ({ title, person }) => ({
      title,
      person,
      token: await signToken(person, secret),
    })),
  );
  const query = firstQuery(learner!.id);
  return [
    ready,
    `Lesson: ${lessonAddress(origin, tokens[0]!.token)}`,
    `Dashboard: ${origin}/userProgress/dashboard#token=${tokens[1]!.token}\n`,
    'Tokens, good for 30 days:',
    ...tokens.map(
      ({ title, person, token }) =>
        `\n  ${title}: ${person.firstName} ${person.lastName}, ${person.id}\n  ${token}`,
    ),
    `\nThe first query to try, as ${learner!.firstName} (“${SANDBOX.shortCourse.title}”):\n`,
    indent(query),
    '\nor, from a shell:\n',
    indent(curl(address, tokens[0]!.token, query)),
    '\nIn a browser the address opens GraphiQL, signed in as the learner, with examples that lead from here',
    'to a completed course and its certificate. LOG_LEVEL=info shows every request.',
    'Ctrl-C stops everything; what you did is kept in .data/.\n',
  ].join('\n');
}

function firstQuery(userId: string): string {
  return `query {
  getCourseProgress(userId: "${userId}", courseId: "${SANDBOX.shortCourse._id}") {
    success
    message
    data { total_lessons completed_lessons progress_percentage total_watch_time }
  }
}`;
}

function curl(address: string, token: string, query: string): string {
  const body = JSON.stringify({ query: query.replace(/\s+/g, ' ') });
  return `curl -s ${address} -H 'content-type: application/json' -H 'authorization: Bearer ${token}' -d '${body}'`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
