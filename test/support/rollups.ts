import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '../../src/common/database/database.js';
import { auditRollups } from '../../src/modules/user-progress/audit/proxy/sql/audit-rollups.js';

/** The rollups that are not the sums of their rows, as `progress:verify` finds them. */
export function rollupDifferences(app: NestFastifyApplication): Promise<unknown[]> {
  return app.get(Database, { strict: false }).query(auditRollups, ['', null, null, true, null]);
}
