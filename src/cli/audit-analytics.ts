import type { INestApplicationContext } from '@nestjs/common';
import { AnalyticsAuditFacade } from '../modules/analytics/audit/analytics-audit.facade.js';
import { NotBuiltError } from '../modules/analytics/audit/not-built.error.js';
import type { Audited, AuditedPortion } from './audited.js';

/** Every figure of analytics against a recount. @throws NotBuiltError */
export async function auditedAnalytics(app: INestApplicationContext): Promise<Audited> {
  const facade = app.get(AnalyticsAuditFacade);
  if (!(await facade.isBuilt())) throw new NotBuiltError();
  return {
    portions: portionsOf(facade),
    right: 'Every figure of analytics is what a recount gives.',
    mended: (found) => `${found} rows of analytics were not what a recount gives; they are now.`,
    wrong: (found) =>
      `${found} rows of analytics are not what a recount gives: npm run progress:rebuild -- --analytics mends them.`,
  };
}

async function* portionsOf(facade: AnalyticsAuditFacade): AsyncGenerator<AuditedPortion> {
  for await (const { portion, told, found } of facade.differences()) {
    yield {
      lines: told.map(
        ({ table, key, differences }) => `${table} ${key}: ${differences.join('; ')}`,
      ),
      found,
      progress: `${portion.walk}: ${portion.upTo ?? 'done'}`,
      mend: () => facade.rebuild(portion),
    };
  }
}
