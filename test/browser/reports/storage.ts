import { expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import type { Stage } from '../harness/stage.ts';
import { expectExact, NO_DIFFERENCES } from './finish.ts';

declare const handles: { close(): void }[];

function keepHandles(): void {
  const { open } = IDBFactory.prototype;
  Object.assign(globalThis, { handles: [] });
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given);
    request.addEventListener('success', () => handles.push(request.result));
    return request;
  };
}

function refuseStorage(): void {
  IDBFactory.prototype.open = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
}

function neverOpen(): void {
  IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
}

function refuseWrites(): void {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('There is no room.', 'QuotaExceededError');
  };
}

/** Browsers that keep nothing. */
export function storage(stage: () => Stage): void {
  // localForage#887
  it('loses nothing, offline too, when the browser closes the database under the page', async () => {
    const learner = await stage().learner();
    const tab = await learner.watch({}, keepHandles);
    learner.line.fault = () => 'cut';
    await tab.playUntil(2.5);
    await tab.evaluate(() => handles.forEach((handle) => handle.close()));
    await tab.until(4.5);
    await tab.pause();
    const seen = await tab.seen();
    expect(await tab.durable()).toBe(true);
    await tab.page.close();
    learner.line.fault = () => undefined;
    const next = await learner.watch();
    await next.delivered();
    expect(await learner.differences(seen)).toEqual(NO_DIFFERENCES);
  });

  it.each([
    // jakearchibald/idb#81
    ['in a private window that has no database', refuseStorage],
    // dexie/Dexie.js#508
    ['where the database never opens', neverOpen],
    // snowplow#764
    ['on a device without room', refuseWrites],
  ])('loses nothing %s, and the page can tell that closing it would', async (_where, prepare) => {
    const learner = await stage().learner();
    const tab = await learner.watch({}, prepare);
    await tab.playUntil(4);
    await waitFor(async () => !(await tab.durable()), { message: 'the page can tell' });
    await expectExact(learner, tab);
    expect(await tab.told()).toContainEqual({ type: 'durability', detail: false });
  });
}
