import 'reflect-metadata';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { parseArgs } from 'node:util';
import type { Environment } from '../config/environment.js';
import { ENTITIES } from '../entities.js';
import { RollupAuditFacade } from '../modules/user-progress/audit/rollup-audit.facade.js';
import { RollupAuditModule } from '../modules/user-progress/audit/rollup-audit.module.js';
import { commandEnvironment } from './command.js';

const USAGE = `usage: npm run progress:verify -- [--user ID] [--course ID]
       npm run progress:rebuild -- [--user ID] [--course ID]`;
const SHOWN_AT_MOST = 100;
/** A statement over a portion of a large table may take longer than a request may. */
const STATEMENT_TIMEOUT_MS = 600_000;

/** A warning is one line. An error is thrown, too, and printed by the command. */
const WARNINGS: LoggerService = {
  log: () => {},
  error: () => {},
  warn: (message: object) => console.error(Object.values(message).join(', ')),
};

/**
 * Prints every rollup that is not the sum of its rows; with `repair`, corrects it.
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
  const app = await NestFactory.createApplicationContext(
    RollupAuditModule.with(environment, ENTITIES),
    { logger: WARNINGS, abortOnError: false },
  );
  try {
    return await run(app.get(RollupAuditFacade), scope, environment, repair);
  } finally {
    await app.close();
  }
}

async function run(
  facade: RollupAuditFacade,
  scope: { userId?: string | undefined; courseId?: string | undefined },
  environment: Environment,
  repair: boolean,
): Promise<number> {
  const estimate = await facade.estimate();
  const portions = facade.differences(scope, {
    certificatesToo: environment.CERTIFICATE_TRIGGER === 'course',
    onPortion: (lookedAt) => showProgress(lookedAt, estimate),
  });
  let found = 0;
  for await (const differences of portions) {
    for (const { userId, courseId, differences: what } of differences) {
      found += 1;
      if (found <= SHOWN_AT_MOST) console.log(`${userId} ${courseId}: ${what.join('; ')}`);
      if (found === SHOWN_AT_MOST + 1) console.log('…');
    }
    if (repair && differences.length > 0) await facade.repair(differences);
  }
  clearProgress();
  if (found === 0) console.log('Every rollup is the sum of its rows.');
  else if (repair) console.log(`${found} rollups were not the sum of their rows; they are now.`);
  else
    console.log(
      `${found} rollups are not the sum of their rows: npm run progress:rebuild mends them.`,
    );
  return found > 0 && !repair ? 1 : 0;
}

function scopeOf(
  args: string[],
): { userId?: string | undefined; courseId?: string | undefined } | null {
  try {
    const { values } = parseArgs({
      args,
      options: { user: { type: 'string' }, course: { type: 'string' } },
    });
    return { userId: values.user, courseId: values.course };
  } catch {
    return null;
  }
}

function showProgress(lookedAt: number, estimate: number): void {
  if (!process.stderr.isTTY) return;
  const share =
    estimate > 0 ? ` (${Math.min(100, Math.round((lookedAt / estimate) * 100))} %)` : '';
  process.stderr.write(`\r${lookedAt.toLocaleString('en')} rollups looked at${share}`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
