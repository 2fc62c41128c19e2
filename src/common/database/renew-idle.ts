import type { Pool } from 'pg';

/**
 * Closes the connections of the pool that nobody uses, so that the next ones are new. After a failover they may lead to
 * a server that lives on as a read-only standby: nothing else would end them.
 */
export async function renewIdle(pool: Pool): Promise<void> {
  const connections = Array.from({ length: pool.idleCount }, () => pool.connect());
  for (const taken of await Promise.allSettled(connections)) {
    if (taken.status === 'fulfilled') taken.value.release(true);
  }
}
