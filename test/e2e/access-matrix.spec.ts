import { GraphQLSchemaHost } from '@nestjs/graphql';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectId, userId } from '../builders/ids.ts';
import {
  cast,
  insertCertificates,
  insertRecords,
  PROFILE_OF,
  TARGETS,
  type Cast,
  type Cell,
} from '../security/cast.ts';
import { documentFor, operationsOf, type Operation } from '../security/documents.ts';
import { EXPECTATIONS, type Outcome } from '../security/expectations.ts';
import { inParallel, median, post, type Reply } from '../security/requests.ts';
import { markFiguresBuilt } from '../support/analytics.ts';
import { rollupDifferences } from '../support/rollups.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';

/** The committed schema is the code's: `npm run schema:check`. */
const operations = operationsOf(
  buildSchema(readFileSync(new URL('../../src/schema.gql', import.meta.url), 'utf8')),
);
const known = operations.filter(({ name }) => name in EXPECTATIONS);
const casts = new Map<string, Cast>(known.map(({ name }) => [name, cast()]));

let service: TestApp;
let schema: GraphQLSchema;

beforeAll(async () => {
  const catalogues = [...casts.values()].map(({ catalogue }) => catalogue);
  service = await startTestApp({
    // Who may do what does not depend on how soon a busy machine opens the first connections.
    environment: { DB_CONNECT_TIMEOUT_MS: '10000' },
    catalogue: {
      users: catalogues.flatMap(({ users }) => users),
      courses: catalogues.flatMap(({ courses }) => courses),
    },
  });
  await markFiguresBuilt(service.database.pool);
  schema = service.app.get(GraphQLSchemaHost, { strict: false }).schema;
});
afterAll(() => service.close());

const ask = (token: string | null, body: object): Promise<Reply> =>
  post(service.graphqlUrl, token, body);

function expected(name: string, { asker, target }: Cell): Outcome {
  const profile = PROFILE_OF[asker];
  return profile === null
    ? 'UNAUTHENTICATED'
    : EXPECTATIONS[name]!.profile[profile][TARGETS.indexOf(target)]!;
}

function outcomeOf({ json }: Reply): string {
  const error = json.errors?.[0];
  if (error) return error.extensions.code;
  const answers = Object.values(json.data ?? {}).filter((value) => typeof value === 'object');
  const isSuccess = answers.length === 1 && (answers[0] as { success?: unknown }).success === true;
  return isSuccess ? 'OK' : `neither data nor an error: ${JSON.stringify(json)}`;
}

/** A refusal without what differs from request to request. */
const refusal = ({ status, text }: Reply, cell: Cell): string =>
  [cell.userId, cell.recordId, cell.lessonId].reduce(
    (body, id) => body.replaceAll(id, '…'),
    `${status} ${text.replace(/"time[sS]tamp":"[^"]*"/g, '').replace(/"locations":\[[^\]]*\],?/, '')}`,
  );

const shown = (cell: Cell): string => `${cell.asker} × ${cell.target} × ${cell.form}`;

describe('the access matrix', () => {
  it('has expectations for every operation of the schema, and no others', () => {
    expect(Object.keys(EXPECTATIONS).sort()).toEqual(operations.map(({ name }) => name).sort());
    expect(
      operationsOf(schema)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(operations.map(({ name }) => name).sort());
  });

  it.each(known)('$name: every asker × target × form', async (operation) => {
    const { needs, arguments: values } = EXPECTATIONS[operation.name]!;
    const { cells, token } = casts.get(operation.name)!;
    if (needs === 'record') await insertRecords(service.database.pool, cells);
    const { pool } = service.database;
    if (needs === 'parked certificate') await insertCertificates(pool, cells, 'PARKED');
    if (needs === 'requested certificate') await insertCertificates(pool, cells, 'REQUESTED');
    const tokens = new Map<string, string | null>();
    for (const { asker } of cells) if (!tokens.has(asker)) tokens.set(asker, await token(asker));

    const replies = await inParallel(cells, 16, (cell) =>
      ask(tokens.get(cell.asker) ?? null, documentFor(operation, cell.form, values(cell))),
    );

    const unexpected = cells
      .map((cell, index) => ({
        cell: shown(cell),
        wanted: expected(operation.name, cell),
        got: outcomeOf(replies[index]!),
      }))
      .filter(({ wanted, got }) => wanted !== got);
    expect(unexpected).toEqual([]);

    for (const [index, cell] of cells.entries()) {
      const { status, json, text } = replies[index]!;
      if (expected(operation.name, cell) === 'OK') continue;
      expect(
        Object.values(json.data ?? {}).filter(
          (value) => typeof value === 'object' && value !== null,
        ),
      ).toEqual([]);
      expect(text).not.toMatch(/stack|node_modules|SELECT |did you mean/i);
      if (expected(operation.name, cell) === 'UNAUTHENTICATED') expect(status).toBe(401);
    }
    expectIndistinguishable(operation, cells, replies);
    expect(cells).toHaveLength(135);
  });

  it('left every rollup exact', async () => {
    expect(await rollupDifferences(service.app)).toEqual([]);
  });
});

/** Wherever both another's and an absent thing are refused, the two answers are the same. */
function expectIndistinguishable(
  { name }: Operation,
  cells: readonly Cell[],
  replies: readonly Reply[],
): void {
  for (const [index, cell] of cells.entries()) {
    if (cell.target !== 'anothers' || expected(name, cell) === 'OK') continue;
    const twin = cells.findIndex(
      ({ asker, target, form }) =>
        target === 'absent' && asker === cell.asker && form === cell.form,
    );
    expect(refusal(replies[index]!, cell), shown(cell)).toBe(refusal(replies[twin]!, cells[twin]!));
  }
}

describe('another’s and absent', () => {
  it.each([
    'userProgress',
    'updateUserProgress',
    'deleteUserProgress',
    'userProgressByUserAndLesson',
  ])('take the same time: %s', async (name) => {
    const operation = operations.find((candidate) => candidate.name === name)!;
    const { cells, catalogue } = cast();
    await insertRecords(service.database.pool, cells);
    const stranger = await signToken({ sub: catalogue.users.at(-1)!.id, role: 'user' });
    const theirs = cells.find(
      ({ asker, target }) => asker === 'administrator' && target === 'anothers',
    )!;
    const milliseconds = { anothers: [] as number[], absent: [] as number[] };
    const time = async (kind: keyof typeof milliseconds, cell: Cell): Promise<void> => {
      const request = documentFor(operation, 'variable', EXPECTATIONS[name]!.arguments(cell));
      const begun = performance.now();
      const reply = await ask(stranger, request);
      milliseconds[kind].push(performance.now() - begun);
      expect(['NOT_FOUND', 'FORBIDDEN']).toContain(outcomeOf(reply));
    };
    for (let round = 0; round < 120; round += 1) {
      const absent = {
        ...theirs,
        userId: userId(),
        lessonId: objectId(),
        recordId: crypto.randomUUID(),
      };
      const both = [() => time('anothers', theirs), () => time('absent', absent)];
      // Taking turns at being first: what slows the machine slows both.
      for (const one of round % 2 ? both : both.reverse()) await one();
    }
    const [anothers, absent] = [median(milliseconds.anothers), median(milliseconds.absent)];
    expect(Math.abs(anothers - absent), `${anothers} ms and ${absent} ms`).toBeLessThan(
      Math.max(2, 0.5 * Math.min(anothers, absent)),
    );
  });
});

describe('cursors', () => {
  const walked: Record<
    string,
    {
      from: (userId: string) => object;
      /** Another list of the same kind; by default that of another id. */
      other?: (userId: string) => object;
      cursor: string;
      selection: string;
    }
  > = {
    userProgressConnection: {
      from: (id) => ({ filter: { userId: id }, first: 1 }),
      cursor: 'pageInfo.endCursor',
      selection: 'pageInfo { endCursor }',
    },
    certificates: {
      from: (id) => ({ filter: { userId: id }, first: 1 }),
      cursor: 'pageInfo.endCursor',
      selection: 'pageInfo { endCursor }',
    },
    shrunkCourses: {
      from: (id) => ({ courseId: id, first: 1 }),
      cursor: 'pageInfo.endCursor',
      selection: 'pageInfo { endCursor }',
    },
    courseLearnersAtRisk: {
      from: (id) => ({ courseId: id, first: 1 }),
      other: (id) => ({ courseId: id, first: 1, silentDays: 20 }),
      cursor: 'pageInfo.endCursor',
      selection: 'pageInfo { endCursor }',
    },
    myCourses: {
      from: () => ({ first: 1 }),
      other: () => ({ first: 1, orderBy: 'LEARNERS_DESC' }),
      cursor: 'pageInfo.endCursor',
      selection: 'pageInfo { endCursor }',
    },
    exportUserData: {
      from: (id) => ({ userId: id }),
      cursor: 'data.next',
      selection: 'data { next }',
    },
  };

  it('are walked here for every operation that takes one', () => {
    const takers = operations.filter(({ field }) =>
      field.args.some(({ name }) => name === 'after'),
    );
    expect(Object.keys(walked).sort()).toEqual(takers.map(({ name }) => name).sort());
  });

  it.each(Object.keys(walked))('of %s are for one person and one filter', async (name) => {
    const { from, other: another = () => from(userId()), cursor, selection } = walked[name]!;
    const operation = operations.find((candidate) => candidate.name === name)!;
    const learner = userId();
    await service.database.pool.query(
      `INSERT INTO user_progress (user_id, lesson_id, course_id) SELECT $1, 'l' || n, 'c' FROM generate_series(1, 501) n`,
      [learner],
    );
    await service.database.pool.query(
      `INSERT INTO certificate (user_id, course_id, completed_at) SELECT $1, 'c' || n, now() FROM generate_series(1, 2) n`,
      [learner],
    );
    await service.database.pool.query(
      `INSERT INTO analytics_learner (course_id, user_id, joined, last_active_on, last_lesson_id)
       SELECT $1, 'u' || n, 1, current_date - 30, '' FROM generate_series(1, 2) n`,
      [learner],
    );
    const askers = [userId(), userId()];
    await service.database.pool.query(
      `WITH known AS (
         INSERT INTO course (course_id, lessons_listed, lessons_total, instructor_id) VALUES ($1, true, 0, $2)
         RETURNING course_id)
       INSERT INTO course_shrink (course_id, seen_at, seen_by, missing, look_at)
       SELECT course_id, now(), 'a host', '{}', now() + interval '1 hour' FROM known`,
      [learner, askers[0]],
    );
    const [one, other] = await Promise.all(askers.map((sub) => signToken({ sub, role: 'admin' })));
    const first = await ask(
      one!,
      documentFor(operation, 'variable', { ...from(learner) }, selection),
    );
    const after = cursor
      .split('.')
      .reduce<any>((value, step) => value[step], first.json.data![name]) as string;
    expect(after).toEqual(expect.any(String));

    const go = async (token: string, values: object): Promise<string> =>
      outcomeOf(await ask(token, documentFor(operation, 'variable', { ...values })));
    expect(await go(one!, { ...from(learner), after })).toBe('OK');
    expect(await go(other!, { ...from(learner), after })).toBe('BAD_USER_INPUT');
    expect(await go(one!, { ...another(learner), after })).toBe('BAD_USER_INPUT');
    for (const forged of ['', 'AAAA', `${after}A`, after.slice(1), '💥', 'a'.repeat(10_000)]) {
      expect(await go(one!, { ...from(learner), after: forged }), forged).toBe('BAD_USER_INPUT');
    }
  });
});
