import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isConnectionLost, isReadOnly, reasonOf } from '../errors/database-error.js';
import { migrate } from './migrate.js';

const RETRY_MS = 1_000;
const ATTEMPTS = 30;

/**
 * Connects, and brings the schema up to date. The database may start after this service, so it tries for half a minute.
 * Then it gives up, and the supervisor decides.
 * @throws a migration's error, at once; the connection's error, after the last attempt
 */
export async function connect(
  dataSource: DataSource,
  bringUpToDate: (dataSource: DataSource) => Promise<void> = (found) => migrate(found),
  retryMs: number = RETRY_MS,
): Promise<DataSource> {
  const logger = new Logger('Database');
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (!dataSource.isInitialized) await dataSource.initialize();
      await bringUpToDate(dataSource);
      return dataSource;
    } catch (error) {
      const mayPass = isConnectionLost(error) || isReadOnly(error);
      const isFinal = dataSource.isInitialized && !mayPass;
      if (isFinal || attempt >= ATTEMPTS) throw error;
      logger.warn({ msg: 'the database cannot be reached yet', attempt, reason: reasonOf(error) });
      await sleep(retryMs);
    }
  }
}
