import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { connect } from './connect.js';

/** A database that can be reached from the given attempt on. */
function database(reachableAt: number) {
  const state = { isInitialized: false, attempts: 0, initialize: async () => {} };
  state.initialize = async () => {
    state.attempts += 1;
    if (state.attempts < reachableAt) throw new Error('connect ECONNREFUSED');
    state.isInitialized = true;
  };
  return state;
}
const as = (state: ReturnType<typeof database>): DataSource => state as unknown as DataSource;

describe('a service that starts', () => {
  it('waits for a database that is not there yet', async () => {
    const state = database(3);
    await connect(as(state), async () => {}, 1);
    expect(state.attempts).toBe(3);
  });

  it('looks at the schema again when it lost the connection meanwhile', async () => {
    const state = database(1);
    let looks = 0;
    await connect(
      as(state),
      async () => {
        looks += 1;
        if (looks < 3) throw new Error('Connection terminated due to connection timeout');
      },
      1,
    );
    expect([state.attempts, looks]).toEqual([1, 3]);
  });

  it('gives up at once when a migration fails, and in the end when the database stays away', async () => {
    let runs = 0;
    const failing = connect(
      as(database(1)),
      async () => {
        runs += 1;
        throw new Error('a migration failed');
      },
      1,
    );
    await expect(failing).rejects.toThrow('a migration failed');
    expect(runs).toBe(1);
    await expect(connect(as(database(1_000)), async () => {}, 1)).rejects.toThrow('ECONNREFUSED');
  });
});
