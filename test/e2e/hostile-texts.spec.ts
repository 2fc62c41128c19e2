import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLInputType,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { platform } from '../builders/catalogue.ts';
import { readText } from '../docs/page.ts';
import { codeOf, expectQuiet, expectServed } from '../security/checks.ts';
import { post } from '../security/requests.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';

/** PostgreSQL stores none of them. */
const UNFIT = ['\u0000', 'a\u0000b', '\ud83d', 'b\ude00a', `${'x'.repeat(63)}\ud83d\ude00`];

const schema = buildSchema(readText('src/schema.gql'));
const operations = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({
    name: field.name,
    kind: type === schema.getQueryType() ? 'query' : 'mutation',
    args: field.args,
  })),
);
const world = platform({ lessons: 1, learners: 1 });
let service: TestApp;
let token: string;

beforeAll(async () => {
  service = await startTestApp({ catalogue: world.catalogue });
  token = await signToken({ sub: world.administratorId, role: 'admin' });
});
afterAll(() => service.close());

/** A value of the type as it should be; texts come from `text`, which gets the path of each. */
function valueOf(type: GraphQLInputType, path: string, text: (path: string) => unknown): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, path, text);
  if (isListType(type)) return [valueOf(type.ofType, path, text)];
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(
      fields.map((field) => [field.name, valueOf(field.type, `${path}.${field.name}`, text)]),
    );
  }
  if (isEnumType(type)) return type.getValues()[0]!.name;
  const { name } = getNamedType(type);
  if (name === 'Boolean') return true;
  if (name === 'Int' || name === 'Float') return 1;
  return text(path);
}

const GOOD: Record<string, string> = {
  userId: world.learnerIds[0]!,
  courseId: world.course._id,
  lessonId: world.lessonIds[0]!,
  at: new Date(Date.now() - 60_000).toISOString(),
  from: new Date().toISOString().slice(0, 10),
  to: new Date().toISOString().slice(0, 10),
};
const good = (path: string): string => GOOD[path.split('.').at(-1)!] ?? 'a';

function variablesOf(args: readonly GraphQLArgument[], text: (path: string) => unknown) {
  return Object.fromEntries(args.map(({ name, type }) => [name, valueOf(type, name, text)]));
}

/** Every place of an operation where a client can put a text. */
function textsOf(args: readonly GraphQLArgument[]): string[] {
  const paths: string[] = [];
  variablesOf(args, (path) => {
    paths.push(path);
    return good(path);
  });
  return paths;
}

const cases = operations.flatMap((operation) =>
  textsOf(operation.args).map((place) => ({ ...operation, place })),
);

it.each(cases)('$name refuses a text that cannot be stored, as $place', async (operation) => {
  const { name, kind, args, place } = operation;
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const query = `${kind} (${declared}) { ${name}(${given}) { __typename } }`;
  for (const unfit of UNFIT) {
    const variables = variablesOf(args, (path) => (path === place ? unfit : good(path)));
    const reply = await post(service.graphqlUrl, token, { query, variables });
    expect(['BAD_USER_INPUT', 'NOT_FOUND'], reply.text).toContain(codeOf(reply));
    expectQuiet(reply);
  }
});

it('knows each place where a client can put a text', () => {
  expect(cases.length).toBeGreaterThan(25);
});

it('a token with such claims is refused, or the claim is not read', async () => {
  const query = `query ($userId: String!) { getUserProgressStats(userId: $userId) { success } }`;
  const variables = { userId: world.learnerIds[0] };
  for (const unfit of UNFIT) {
    const codes = await Promise.all(
      [
        { sub: unfit, role: 'user' },
        { sub: world.administratorId, role: unfit },
        { sub: world.administratorId, role: 'admin', email: unfit, jti: unfit, name: unfit },
      ].map(async (claims) =>
        codeOf(await post(service.graphqlUrl, await signToken(claims), { query, variables })),
      ),
    );
    expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'OK']);
  }
  await expectServed(service.graphqlUrl, token, world.learnerIds[0]!);
});

it('a peer that says such texts everywhere is understood', async () => {
  const other = platform({ lessons: 2, learners: 1 });
  const unfit = 'a\u0000b\ud83d';
  const [section] = other.course.sections!;
  service.peers!.courses.courses.set(other.course._id, {
    ...other.course,
    title: unfit,
    instructorId: unfit,
    sections: [
      {
        ...section!,
        title: unfit,
        lessons: section!.lessons.map((lesson) => ({ ...lesson, title: `${'x'.repeat(499)}😀` })),
      },
    ],
  });
  const [learner] = other.catalogue.users.slice(-1);
  service.peers!.users.users.set(learner!.id, { ...learner!, email: unfit, firstName: unfit });
  const client = await service.as({ sub: learner!.id, role: 'user' });
  const key = { userId: learner!.id, courseId: other.course._id };
  const { errors } = await client.request(
    `mutation ($input: CreateUserProgressInput!) { createUserProgress(createUserProgressInput: $input) { success } }`,
    { input: { ...key, lessonId: other.lessonIds[0] } },
  );
  expect(errors).toBeUndefined();
  const { data } = await client.request(
    `query ($userId: String!, $courseId: String!) {
      certificateStatus(userId: $userId, courseId: $courseId) { data { blockers { title } } } }`,
    key,
  );
  const { blockers } = data.certificateStatus.data;
  expect(blockers.map(({ title }: { title: string }) => title)).toEqual([
    'x'.repeat(499),
    'x'.repeat(499),
  ]);
});
