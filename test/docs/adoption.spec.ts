import { Logger } from '@nestjs/common';
import { globSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataSourceOptions } from '../../src/common/database/data-source-options.js';
import { migrate } from '../../src/common/database/migrate.js';
import { ENVIRONMENT_VARIABLES, loadEnvironment } from '../../src/config/environment.js';
import { AdoptExisting } from '../../src/modules/user-progress/adoption/adopt-existing.js';
import { createOriginalTable, fillOriginalTable } from '../builders/original-table.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { TEST_SECRET } from '../support/tokens.ts';
import { codes, readText, tablesBelow } from './page.ts';

const page = readText('docs/adoption.md');
const [moveBack, carryOver] = [...page.matchAll(/```sql\n([^]*?)```/g)].map(([, text]) => text!);
const ROWS = 1_000;
const ORIGINAL = `SELECT count(*)::int AS rows, sum(watch_time_seconds)::int AS seconds FROM user_progress`;
/** Variables of the original, and of this page's examples. */
const NOT_OURS = ['DB_NAME', 'JWT_EXPIRE'];

Logger.overrideLogger(false);

describe('docs/adoption.md', () => {
  it('speaks of variables that there are', () => {
    const names = page.match(
      /\b(ADOPT|AUTH|CORS|COURSE|DB|GRAPHQL|JWT|NATS|TRUST|USER)_[A-Z_]+\b/g,
    )!;
    const known = [...ENVIRONMENT_VARIABLES, ...NOT_OURS];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('quotes messages that are logged', () => {
    const sources = globSync('src/**/*.ts').map(readText).join('\n');
    const quoted = tablesBelow(page, '## Where to look')[0]!
      .filter(([, text]) => text!.startsWith('The log:'))
      .flatMap(([, text]) => codes(text!))
      .filter((code) => code.includes(' '))
      .filter((code) => !code.startsWith('SELECT'));
    expect(quoted).not.toHaveLength(0);
    expect(quoted.filter((message) => !sources.includes(`msg: '${message}'`))).toEqual([]);
  });
});

describe('the way back', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
    await createOriginalTable(database.pool);
    await fillOriginalTable(database.pool, ROWS);
  });
  afterEach(() => database.drop());

  async function adopt(): Promise<void> {
    const environment = loadEnvironment({
      NATS_URL: 'nats://unused',
      JWT_SECRET: TEST_SECRET,
      ADOPT_EXISTING: 'true',
      ...database.environment,
    });
    const dataSource = await new DataSource(dataSourceOptions(environment)).initialize();
    await migrate(dataSource, new AdoptExisting(environment));
    await dataSource.destroy();
  }
  const one = async (statement: string): Promise<Record<string, unknown>> =>
    (await database.pool.query(statement)).rows[0];

  it('gives the original its table as it was, and lets it be adopted again', async () => {
    const before = await one(ORIGINAL);
    await adopt();
    await database.pool.query(moveBack!);
    expect(await one(ORIGINAL)).toEqual(before);
    await adopt();
    expect(await one('SELECT count(*)::int AS records FROM user_progress')).toEqual({
      records: ROWS * 0.99,
    });
  });

  it('can carry over what learners did meanwhile', async () => {
    await adopt();
    await database.pool.query(
      `INSERT INTO user_progress (user_id, lesson_id, course_id, watch_time_seconds) VALUES ('new', 'l', 'c', 7)`,
    );
    const changed = await one(
      `UPDATE user_progress SET watch_time_seconds = 123456
       WHERE id = (SELECT id FROM user_progress WHERE user_id <> 'new' LIMIT 1) RETURNING user_id, lesson_id`,
    );
    await database.pool.query(moveBack!);
    await database.pool.query(carryOver!);
    const added = await one(
      `SELECT id, watch_time_seconds FROM user_progress WHERE "userId" = 'new'`,
    );
    expect(added).toEqual({
      id: expect.stringMatching(/^0[0-9A-F]{25}$/) as string,
      watch_time_seconds: 7,
    });
    const { rows } = await database.pool.query(
      `SELECT watch_time_seconds FROM user_progress WHERE "userId" = $1 AND "lessonId" = $2`,
      [changed['user_id'], changed['lesson_id']],
    );
    expect(new Set(rows.map((row) => row.watch_time_seconds))).toEqual(new Set([123456]));
  });
});
