import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Browser, closeBrowser, heard } from './page.ts';

let browser: Browser;
beforeEach(() => void (browser = new Browser()));
afterEach(closeBrowser);

/** Plays ten seconds, and says what came of it. */
async function playTen(options = {}) {
  const { player, medium } = browser.open(options);
  const durability = heard(player, 'durability');
  await medium.play();
  await browser.pass(10);
  const durable = player.durable;
  medium.pause();
  await browser.pass(6);
  return { player, durable, durability, arrived: browser.beats.map(({ from, to }) => [from, to]) };
}

const ARRIVED = [
  [0, 10],
  [10, 10],
];

it('beats are kept in IndexedDB until they are answered', async () => {
  expect(await playTen()).toMatchObject({ durable: true, durability: [], arrived: ARRIVED });
});

it('without IndexedDB beats are kept in memory, and that is told', async () => {
  vi.stubGlobal('indexedDB', undefined);
  expect(await playTen()).toMatchObject({ durable: false, durability: [false], arrived: ARRIVED });
});

it('an IndexedDB that never opens holds nothing up for longer than three seconds, once', async () => {
  const open = vi.fn(() => ({}));
  vi.stubGlobal('indexedDB', { open });
  expect(await playTen()).toMatchObject({ durable: false, durability: [false], arrived: ARRIVED });
  expect(open).toHaveBeenCalledTimes(1);
});

it('a handle that died is opened again', async () => {
  const handles: IDBDatabase[] = [];
  const { open } = indexedDB;
  vi.spyOn(indexedDB, 'open').mockImplementation((...given) => {
    const request = open.apply(indexedDB, given);
    request.addEventListener('success', () => handles.push(request.result));
    return request;
  });
  const { player, medium } = browser.open();
  await medium.play();
  await browser.pass(5);
  handles[0]!.close();
  await browser.pass(5);
  expect(handles).toHaveLength(2);
  expect(player.durable).toBe(true);
  medium.pause();
  await browser.pass(1);
  expect(browser.beats[0]).toMatchObject({ from: 0, to: 10 });
});

it('where there is no room, beats are kept in memory, until there is', async () => {
  const { player, medium } = browser.open({ flushSeconds: 3_600 });
  const durability = heard(player, 'durability');
  await medium.play();
  await browser.pass(5);
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await browser.pass(5);
  expect(durability).toEqual([false]);
  put.mockRestore();
  await browser.pass(5);
  expect(durability).toEqual([false, true]);
  medium.pause();
  await browser.pass(1);
  expect(browser.beats[0]).toMatchObject({ from: 0, to: 15 });
});

it('nothing is kept on the device of who does not want that', async () => {
  const open = vi.spyOn(indexedDB, 'open');
  expect(await playTen({ persist: false })).toMatchObject({ durable: false, arrived: ARRIVED });
  expect(open).not.toHaveBeenCalled();
});
