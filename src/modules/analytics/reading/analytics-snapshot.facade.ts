import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../common/database/transactions.js';
import { ServiceUnavailableError } from '../../../common/errors/service-error.js';
import { AnalyticsClockProxy, type AnalyticsClock } from './proxy/analytics-clock.proxy.js';

/** Reads figures as of one moment, so that those of one answer agree with each other. */
@Injectable()
export class AnalyticsSnapshot {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: AnalyticsClockProxy,
  ) {}

  /**
   * @throws ServiceUnavailableError `analyticsNotBuilt`, with `state: NOT_BUILT`, while the figures are still to be built
   *   from the records.
   */
  read<Result>(work: (clock: AnalyticsClock) => Promise<Result>): Promise<Result> {
    return this.transactions.run(async () => {
      const clock = await this.clock.beginSnapshot();
      if (clock) return work(clock);
      throw new ServiceUnavailableError('analyticsNotBuilt', { details: { state: 'NOT_BUILT' } });
    });
  }
}
