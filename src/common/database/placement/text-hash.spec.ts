import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/for-specs.ts';
import { textHash } from './text-hash.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('is the hash by which the database finds a learner’s place, whatever the id', async () => {
  const ids = ['', 'ü', '学习者', '64b7e3f0a1b2c3d4e5f60718'];
  for (let length = 1; length <= 30; length += 1) {
    for (const letter of 'aZ_9')
      ids.push(letter.repeat(length), `${letter}-${length}`.padEnd(length, 'x'));
  }
  const { rows } = await database.pool.query<{ id: string; hash: number }>(
    'SELECT id, hashtext(id) AS hash FROM unnest($1::varchar[]) AS given (id)',
    [ids],
  );
  expect(rows.map(({ id }) => [id, textHash(id)])).toEqual(rows.map(({ id, hash }) => [id, hash]));
});
