import type { INestApplicationContext } from '@nestjs/common';
import type { Environment } from '../config/environment.js';
import { RollupAuditFacade } from '../modules/user-progress/audit/rollup-audit.facade.js';
import type { Audited, AuditedPortion } from './audited.js';

export interface RollupScope {
  userId?: string | undefined;
  courseId?: string | undefined;
}

/** Every rollup against the sum of its rows. */
export function auditedRollups(
  app: INestApplicationContext,
  environment: Environment,
  scope: RollupScope,
): Audited {
  return {
    portions: portionsOf(app.get(RollupAuditFacade), environment, scope),
    right: 'Every rollup is the sum of its rows.',
    mended: (found) => `${found} rollups were not the sum of their rows; they are now.`,
    wrong: (found) =>
      `${found} rollups are not the sum of their rows: npm run progress:rebuild mends them.`,
  };
}

async function* portionsOf(
  facade: RollupAuditFacade,
  environment: Environment,
  scope: RollupScope,
): AsyncGenerator<AuditedPortion> {
  const estimate = await facade.estimate();
  let lookedAt = 0;
  const portions = facade.differences(scope, {
    certificatesToo: environment.CERTIFICATE_TRIGGER === 'course',
    onPortion: (count) => (lookedAt = count),
  });
  for await (const differences of portions) {
    yield {
      lines: differences.map(
        ({ userId, courseId, differences: what }) => `${userId} ${courseId}: ${what.join('; ')}`,
      ),
      found: differences.length,
      progress: progressText(lookedAt, estimate),
      mend: () => facade.repair(differences),
    };
  }
}

function progressText(lookedAt: number, estimate: number): string {
  const share =
    estimate > 0 ? ` (${Math.min(100, Math.round((lookedAt / estimate) * 100))} %)` : '';
  return `${lookedAt.toLocaleString('en')} rollups looked at${share}`;
}
