import 'reflect-metadata';
import type { INestApplicationContext, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { parseArgs } from 'node:util';
import type { Environment } from '../config/environment.js';
import { ENTITIES } from '../entities.js';
import { AnalyticsAuditModule } from '../modules/analytics/audit/analytics-audit.module.js';
import { RollupAuditModule } from '../modules/user-progress/audit/rollup-audit.module.js';
import { auditedAnalytics } from './audit-analytics.js';
import { auditedRollups, type RollupScope } from './audit-rollups.js';
import { go } from './audited.js';
import { commandEnvironment } from './command.js';

const USAGE = `usage: npm run progress:verify -- [--user ID] [--course ID] | --analytics
       npm run progress:rebuild -- [--user ID] [--course ID] | --analytics`;
/** A statement over a portion of a large table may take longer than a request may. */
const STATEMENT_TIMEOUT_MS = 600_000;

/** A warning is one line. An error is thrown, too, and printed by the command. */
const WARNINGS: LoggerService = {
  log: () => {},
  error: () => {},
  warn: (message: object) => console.error(Object.values(message).join(', ')),
};

/**
 * Prints every rollup that is not the sum of its rows, or every figure of analytics that is not what a recount gives;
 * with `repair`, corrects it.
 * @returns the exit code: 0 when no difference is left, 1 when there is one.
 */
export async function audit({ repair }: { repair: boolean }): Promise<number> {
  const scope = scopeOf(process.argv.slice(2));
  if (!scope) {
    console.error(USAGE);
    return 2;
  }
  const environment = commandEnvironment({
    DB_STATEMENT_TIMEOUT_MS: String(STATEMENT_TIMEOUT_MS),
  });
  const audits = scope === 'analytics' ? AnalyticsAuditModule : RollupAuditModule;
  const app = await NestFactory.createApplicationContext(audits.with(environment, ENTITIES), {
    logger: WARNINGS,
    abortOnError: false,
  });
  try {
    return await go(await audited(app, environment, scope), repair);
  } finally {
    await app.close();
  }
}

async function audited(
  app: INestApplicationContext,
  environment: Environment,
  scope: RollupScope | 'analytics',
) {
  return scope === 'analytics' ? auditedAnalytics(app) : auditedRollups(app, environment, scope);
}

function scopeOf(args: string[]): RollupScope | 'analytics' | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        user: { type: 'string' },
        course: { type: 'string' },
        analytics: { type: 'boolean' },
      },
    });
    if (!values.analytics) return { userId: values.user, courseId: values.course };
    return values.user === undefined && values.course === undefined ? 'analytics' : null;
  } catch {
    return null;
  }
}
