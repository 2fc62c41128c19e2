import { expect, it } from 'vitest';
import { SharedRead } from './shared-read.js';

/** A reader whose statements end when the test says so. */
function reader() {
  const statements: { keys: number[]; end(): void; fail(error: Error): void }[] = [];
  const shared = new SharedRead<number, number>(
    (keys) =>
      new Promise((resolve, reject) => {
        statements.push({ keys, end: () => resolve(keys.map((key) => key * 10)), fail: reject });
      }),
  );
  return { shared, statements };
}
/** Resolves after what was asked for has begun: that is when the event loop has handled everything that had arrived. */
const tick = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

it('reads what is asked for in one tick by one statement, also when some wait for a promise first', async () => {
  const { shared, statements } = reader();
  const answers = [1, 2, 3].map(async (key) => {
    for (let hops = 0; hops < key; hops += 1) await Promise.resolve();
    return shared.load(key);
  });
  await tick();
  expect(statements.map(({ keys }) => keys)).toEqual([[1, 2, 3]]);
  statements[0]!.end();
  expect(await Promise.all(answers)).toEqual([10, 20, 30]);
});

it('reads at once when idle, and together what is asked for while statements are under way', async () => {
  const { shared, statements } = reader();
  const answers: Promise<number>[] = [];
  for (const key of [1, 2, 3, 4, 5]) {
    answers.push(shared.load(key));
    await tick();
  }
  expect(statements.map(({ keys }) => keys)).toEqual([[1], [2]]);
  statements[0]!.end();
  await tick();
  expect(statements[2]!.keys).toEqual([3, 4, 5]);
  for (const { end } of statements) end();
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50]);
});

it('fails those whose statement failed, and goes on with the others', async () => {
  const { shared, statements } = reader();
  const first = shared.load(1);
  await tick();
  const [second, third] = [2, 3].map((key) => shared.load(key));
  statements[0]!.fail(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  await tick();
  for (const { end } of statements) end();
  expect(await Promise.all([second, third])).toEqual([20, 30]);
});
