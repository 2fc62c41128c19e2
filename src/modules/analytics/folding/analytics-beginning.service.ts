import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { FoldingProxy } from './proxy/folding.proxy.js';

/**
 * Begins analytics before this process serves, so before it writes any record. A platform is new, and its figures are
 * whole from the beginning, where no process has written one.
 */
@Injectable()
export class AnalyticsBeginning implements OnModuleInit {
  private readonly logger = new Logger(AnalyticsBeginning.name);

  constructor(
    private readonly proxy: FoldingProxy,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async onModuleInit(): Promise<void> {
    const kept = await this.proxy.begin();
    const wanted = this.environment.ANALYTICS_TIME_ZONE;
    if (kept === wanted) return;
    this.logger.warn({ msg: 'analytics keep the time zone they began with', kept, wanted });
  }
}
