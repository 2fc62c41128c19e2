import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from '../../../common/database/database.module.js';
import { EnvironmentModule } from '../../../config/environment.module.js';
import type { Environment } from '../../../config/environment.js';
import { RollupAuditFacade } from './rollup-audit.facade.js';
import { BatchLockProxy } from '../proxy/batch-lock.proxy.js';
import { IdempotencyProxy } from '../proxy/idempotency.proxy.js';
import { ProgressWriteProxy } from '../proxy/progress-write.proxy.js';
import { RollupAuditProxy } from './proxy/rollup-audit.proxy.js';
import { ReconcileProxy } from '../proxy/reconcile.proxy.js';
import { ReconcileFacade } from '../write/reconcile.facade.js';
import { WatchEvidenceProxy } from '../proxy/watch-evidence.proxy.js';

/** The parts of the service that `progress:verify` and `progress:rebuild` need. */
@Module({})
export class RollupAuditModule {
  /** @param entities every table of the service */
  static with(environment: Environment, entities: (new () => object)[]): DynamicModule {
    return {
      module: RollupAuditModule,
      imports: [EnvironmentModule.with(environment), DatabaseModule.forEntities(entities)],
      providers: [
        RollupAuditFacade,
        RollupAuditProxy,
        ReconcileFacade,
        ReconcileProxy,
        BatchLockProxy,
        ProgressWriteProxy,
        WatchEvidenceProxy,
        IdempotencyProxy,
      ],
    };
  }
}
