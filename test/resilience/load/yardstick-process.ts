// Forked by yardstick.ts: repeats the same piece of work, and sends the processor time that it took.
import { buildSchema, graphqlSync } from 'graphql';

const EVERY_MS = 25;
const REQUESTS = 3;
/** Runs before the measured work: otherwise, the cache contents of other processes would be measured. */
const REQUESTS_FIRST = 1;
const REQUESTS_UNTIL_COMPILED = 2_000;
/** Larger than the processor's caches, like a service's heap. */
const COURSES = 20_000;
const LESSONS = 5;

const schema = buildSchema(`
  type Lesson { id: ID!, watched: Int! }
  type Course { id: ID!, lessons: [Lesson!]! }
  type Query { course(id: ID!): Course }
`);
const source = 'query Course($id: ID!) { course(id: $id) { id lessons { id watched } } }';
const ids = Array.from({ length: COURSES }, (_, number) => `course-${number}`);
const courses = new Map(
  ids.map((id) => [
    id,
    {
      id,
      lessons: Array.from({ length: LESSONS }, (_, lesson) => ({
        id: `${id}-${lesson}`,
        watched: lesson,
      })),
    },
  ]),
);
const rootValue = { course: ({ id }: { id: string }) => courses.get(id) };

function answer(requests: number): void {
  for (let request = 0; request < requests; request += 1) {
    const id = ids[Math.floor(Math.random() * COURSES)];
    JSON.stringify(graphqlSync({ schema, source, rootValue, variableValues: { id } }));
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

answer(REQUESTS_UNTIL_COMPILED);
setInterval(() => {
  answer(REQUESTS_FIRST);
  const begun = processorMs();
  answer(REQUESTS);
  process.send!({ at: Date.now(), tookMs: processorMs() - begun });
}, EVERY_MS);
process.on('disconnect', () => process.exit());
