import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from './common/database/database.module.js';
import { GraphqlApiModule } from './common/graphql/graphql.module.js';
import { HealthModule } from './common/health/health.module.js';
import { EdgeModule } from './edge/edge.module.js';
import { I18nModule } from './common/i18n/i18n.module.js';
import { LoggingModule } from './common/logging/logging.module.js';
import { MetricsModule } from './common/metrics/metrics.module.js';
import { NatsModule } from './common/nats/nats.module.js';
import { RateLimitExchangeModule } from './common/rate-limit/rate-limit.module.js';
import { EnvironmentModule } from './config/environment.module.js';
import type { Environment } from './config/environment.js';
import { AnalyticsModule } from './modules/analytics/analytics.module.js';
import { AnalyticsReadingModule } from './modules/analytics/reading/analytics-reading.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { CertificatesModule } from './modules/certificates/certificates.module.js';
import { CourseChangesModule } from './modules/course-changes/course-changes.module.js';
import { ENTITIES } from './entities.js';
import { PrivacyModule } from './modules/privacy/privacy.module.js';
import { AdoptExisting } from './modules/user-progress/adoption/adopt-existing.js';
import { UserProgressModule } from './modules/user-progress/user-progress.module.js';

@Module({})
export class AppModule {
  static with(environment: Environment): DynamicModule {
    return {
      module: AppModule,
      imports: [
        EnvironmentModule.with(environment),
        LoggingModule,
        I18nModule,
        EdgeModule,
        MetricsModule,
        DatabaseModule.forEntities(ENTITIES, (settings) => new AdoptExisting(settings)),
        NatsModule,
        HealthModule,
        AuthModule,
        GraphqlApiModule,
        RateLimitExchangeModule,
        UserProgressModule,
        AnalyticsModule,
        PrivacyModule,
        CertificatesModule,
        CourseChangesModule,
        AnalyticsReadingModule,
      ],
    };
  }
}
