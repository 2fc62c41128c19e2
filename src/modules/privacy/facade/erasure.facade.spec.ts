import { expect, it } from 'vitest';
import { edgeEnvironment } from '../../../../test/for-specs.ts';
import type { ErasureProxy } from '../proxy/erasure.proxy.js';
import { ErasureFacade } from './erasure.facade.js';

it('an erasure that fails does not stop the others that were claimed with it', async () => {
  const finished: string[] = [];
  const proxy = {
    claim: () => Promise.resolve(['stuck', 'next'].map((userId) => ({ userId, settled: true }))),
    eraseRows: (userId: string) =>
      userId === 'stuck' ? Promise.reject(new Error('a lock is held')) : Promise.resolve({}),
    finish: (userId: string) => Promise.resolve(finished.push(userId)),
  } as unknown as ErasureProxy;
  const erasure = new ErasureFacade(proxy, edgeEnvironment());

  await expect(erasure.resume()).rejects.toThrow('a lock is held');
  expect(finished).toEqual(['next']);
});
