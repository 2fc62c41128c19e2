import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import type { GraphqlClient } from '../support/graphql-client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** Every field of a record, with what must be asked for below it. */
const FIELDS = [
  ...['id', 'userId', 'lessonId', 'courseId', 'completed', 'completed_at', 'watch_time_seconds'],
  ...['position_seconds', 'unique_seconds', 'rewatched_seconds', 'coverage_percentage'],
  ...['watched { from to }', 'createdAt', 'updatedAt'],
];
const LISTS = {
  oldest: (fields: string) => `userProgressList(limit: 100) { items { ${fields} } }`,
  latest: (fields: string) =>
    `userProgressList(limit: 100, orderBy: UPDATED_DESC) { items { ${fields} } }`,
  connection: (fields: string) =>
    `userProgressConnection(first: 100) { edges { node { ${fields} } } }`,
};
type Form = keyof typeof LISTS;
type Item = Record<string, unknown>;

const world = platform({ lessons: 4, learners: 2 });
const [mine, theirs] = world.learnerIds as [string, string];
let service: TestApp;
let learner: GraphqlClient;

beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
  learner = await service.as({ sub: mine, role: 'user' });
  await watch(mine, [12, 240, 6]);
  await watch(theirs, [3]);
});
afterAll(() => service.close());

async function watch(userId: string, seconds: number[]): Promise<void> {
  const client = await service.as({ sub: userId, role: 'user' });
  for (const [index, to] of seconds.entries()) {
    // Each at another time of the learner's clock, so that every beat counts.
    const at = new Date(Date.now() - index * 600_000).toISOString();
    const beats = [{ seq: index, from: 0, to, rate: 1, at }];
    const lessonId = world.lessonIds[index];
    const input = { userId, courseId: world.course._id, lessonId, sessionId: 'tab', beats };
    const { errors } = await client.request(
      `mutation ($input: RecordWatchInput!) { recordWatch(input: $input) { success } }`,
      { input },
    );
    expect(errors).toBeUndefined();
  }
}

async function ask(client: GraphqlClient, query: string): Promise<any> {
  const { data, errors } = await client.request(query);
  expect(errors).toBeUndefined();
  return data;
}

async function items(form: Form, fields: string, client = learner): Promise<Item[]> {
  const [found] = Object.values<any>(await ask(client, `{ ${LISTS[form](fields)} }`));
  return found.items ?? found.edges.map(({ node }: { node: Item }) => node);
}

/** The same records, each asked for by its id. */
async function oneByOne(form: Form): Promise<Item[]> {
  const found: Item[] = [];
  for (const { id } of await items(form, 'id')) {
    const { userProgress } = await ask(
      learner,
      `{ userProgress(id: "${String(id)}") { data { ${FIELDS.join(' ')} } } }`,
    );
    found.push(userProgress.data);
  }
  return found;
}

describe.each(['oldest', 'latest', 'connection'] as const)('a list of records: %s', (form) => {
  it('shows each record as it is when it is asked for alone', async () => {
    const expected = await oneByOne(form);
    expect(expected).toHaveLength(3);
    expect(expected.some(({ coverage_percentage: seen }) => seen !== null)).toBe(true);
    expect(await items(form, FIELDS.join(' '))).toEqual(expected);
  });

  it('shows a field the same, whatever else is asked for', async () => {
    const all = await items(form, FIELDS.join(' '));
    for (const field of FIELDS) {
      const name = field.split(' ')[0]!;
      const alone = all.map((item) => ({ [name]: item[name] }));
      expect(await items(form, field)).toEqual(alone);
    }
  });
});

describe('a list of records', () => {
  it('finds what is asked for through fragments, aliases and directives', async () => {
    const query = `query ($yes: Boolean!) {
      userProgressList { items { ...A seen: coverage_percentage } }
      userProgressList { ... { items { ... on UserProgress { at: updatedAt @include(if: $yes) } } } ...B }
    }
    fragment A on UserProgress { w: watched { from } }
    fragment B on UserProgressListResponse { all: pagination { totalItems } }`;
    const { data, errors } = await learner.request(query, { yes: true });
    expect(errors).toBeUndefined();
    const [first] = await items('oldest', 'coverage_percentage watched { from } updatedAt');
    expect(data.userProgressList.all).toEqual({ totalItems: 3 });
    expect(data.userProgressList.items[0]).toEqual({
      w: first!['watched'],
      seen: first!['coverage_percentage'],
      at: first!['updatedAt'],
    });
  });

  it('shows each of many who ask at once their own', async () => {
    const other = await service.as({ sub: theirs, role: 'user' });
    const forms: Form[] = ['oldest', 'latest', 'connection'];
    const asked = Array.from({ length: 90 }, (_, index) => {
      const form = forms[index % forms.length]!;
      return index % 2 === 0
        ? items(form, 'userId lessonId', learner)
        : items(form, 'userId lessonId', other);
    });
    for (const [index, found] of (await Promise.all(asked)).entries()) {
      expect(found).toHaveLength(index % 2 === 0 ? 3 : 1);
      const userId = index % 2 === 0 ? mine : theirs;
      expect(found.every((item) => item['userId'] === userId)).toBe(true);
    }
  });

  it('knows the length of a lesson that its course has dropped', async () => {
    const [dropped] = world.lessonIds;
    const { courses } = service.peers!.courses;
    const sections = world.course.sections!.map((section) => ({
      ...section,
      lessons: section.lessons.filter(({ _id }) => _id !== dropped),
    }));
    courses.set(world.course._id, { ...world.course, sections });
    const administrator = await service.as({ sub: world.administratorId, role: 'admin' });
    await ask(
      administrator,
      `mutation { refreshCourse(courseId: "${world.course._id}") { success } }`,
    );
    const seen = { lessonId: dropped, coverage_percentage: 2, position_seconds: 12 };
    for (const form of ['oldest', 'latest', 'connection'] as const) {
      const found = await items(form, 'lessonId coverage_percentage position_seconds');
      expect(found).toContainEqual(seen);
    }
  });

  it('counts only where the total is asked for, and shows the page anyway', async () => {
    const data = await ask(
      learner,
      `{ userProgressList(limit: 1, page: 2) { items { lessonId } pagination { currentPage } } }`,
    );
    expect(data.userProgressList).toEqual({
      items: [{ lessonId: world.lessonIds[1] }],
      pagination: { currentPage: 2 },
    });
  });

  it('reads every set of fields, also after more sets than there are statements for', async () => {
    const all = await items('oldest', FIELDS.join(' '));
    for (let set = 1; set < 2 ** 5; set += 1) {
      const names = FIELDS.slice(3, 8).filter((_, index) => (set & (1 << index)) !== 0);
      const wanted = all.map((item) => Object.fromEntries(names.map((name) => [name, item[name]])));
      expect(await items('oldest', names.join(' '))).toEqual(wanted);
    }
  });
});
