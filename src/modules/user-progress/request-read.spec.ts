import { expect, it } from 'vitest';
import { RequestRead } from './request-read.js';

/** Reads of one request, and the keys that were read for them. */
function request(answer: (key: string) => Promise<string> = async (key) => `${key}!`) {
  const cost: string[] = [];
  const reader = {
    load: (key: string) => {
      cost.push(key);
      return answer(key);
    },
  };
  return { cost, read: new RequestRead<string, string>(reader, (key) => key) };
}

it('reads a key once, however often the request asks for it', async () => {
  const { cost, read } = request();
  const together = await Promise.all([read.load('a'), read.load('a'), read.load('b')]);
  expect([...together, await read.load('a')]).toEqual(['a!', 'a!', 'b!', 'a!']);
  expect(cost).toEqual(['a', 'b']);
});

it('reads again what may have changed since, when it is told so', async () => {
  const { cost, read } = request();
  await read.load('a');
  await read.reload('a');
  await read.load('a');
  expect(cost).toEqual(['a', 'a']);
});

it('does not remember a read that failed', async () => {
  let failures = 1;
  const { read } = request(async (key) => {
    if (failures-- > 0) throw new Error('gone');
    return key;
  });
  await expect(read.load('a')).rejects.toThrow('gone');
  await expect(read.load('a')).resolves.toBe('a');
});
