import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { Channel } from './channel.js';

/** Two ends, as a worker and its primary have. */
class End extends EventEmitter {
  other: End | undefined;
  send(message: object): boolean {
    return this.other?.emit('message', structuredClone(message)) ?? false;
  }
}

describe('questions between a worker and its primary', () => {
  let near: Channel;
  let far: Channel;
  let nearEnd: End;

  beforeEach(() => {
    nearEnd = new End();
    const farEnd = new End();
    nearEnd.other = farEnd;
    farEnd.other = nearEnd;
    near = new Channel(nearEnd);
    far = new Channel(farEnd);
  });

  it('are answered each by its own answer, both ways at once', async () => {
    far.answer('metrics of all', () => Promise.resolve('all'));
    far.answer('alive', () => true);
    near.answer('alive', () => true);
    const answers = [
      near.ask('metrics of all', 1_000, undefined),
      far.ask('alive', 1_000, undefined),
      near.ask('alive', 1_000, undefined),
    ];
    expect(await Promise.all(answers)).toEqual(['all', true, true]);
  });

  it('are given up after their time when the other process is dead, or does not know them', async () => {
    expect(await near.ask('metrics', 10, undefined)).toBeUndefined();
    nearEnd.other = undefined;
    expect(await near.ask('alive', 10, undefined)).toBeUndefined();
  });
});
