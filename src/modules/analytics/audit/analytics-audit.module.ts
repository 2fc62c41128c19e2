import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from '../../../common/database/database.module.js';
import { EnvironmentModule } from '../../../config/environment.module.js';
import type { Environment } from '../../../config/environment.js';
import { AnalyticsAuditFacade } from './analytics-audit.facade.js';
import { OneMoment } from './one-moment.facade.js';
import { AnalyticsAuditProxy } from './proxy/analytics-audit.proxy.js';

/** The parts of the service that `progress:verify -- --analytics` and `progress:rebuild -- --analytics` need. */
@Module({})
export class AnalyticsAuditModule {
  /** @param entities every table of the service */
  static with(environment: Environment, entities: (new () => object)[]): DynamicModule {
    return {
      module: AnalyticsAuditModule,
      imports: [EnvironmentModule.with(environment), DatabaseModule.forEntities(entities)],
      providers: [AnalyticsAuditFacade, AnalyticsAuditProxy, OneMoment],
    };
  }
}
