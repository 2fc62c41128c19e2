import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { ErasureProxy, type ErasedRows } from '../proxy/erasure.proxy.js';

/** Erasures that one process takes at once; others may take the rest. */
const CLAIM_MAXIMUM = 20;

/**
 * Erasing a learner: the tombstone first, then all their rows, and once more when no write can be under way that
 * had not seen the tombstone. There is no transaction around it. Whatever breaks off is taken up again from the
 * tombstone, by any process.
 */
@Injectable()
export class ErasureFacade {
  private readonly logger = new Logger(ErasureFacade.name);
  private readonly settleSeconds: number;

  constructor(
    private readonly proxy: ErasureProxy,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.settleSeconds = environment.ERASURE_SETTLE_SECONDS;
  }

  /** Erases now. @throws ServiceUnavailableError where it broke off; it is finished later all the same. */
  async erase(userId: string): Promise<ErasedRows> {
    await this.proxy.putTombstone(userId, { sweepInSeconds: this.settleSeconds, again: true });
    return this.sweep(userId);
  }

  /** Has the user erased by whichever process looks next. Nothing happens where that was asked for before. */
  async request(userId: string): Promise<void> {
    await this.proxy.putTombstone(userId, { sweepInSeconds: 0, again: false });
  }

  /** Goes on with some erasures that are due. @returns whether there may be more of them. */
  async resume(): Promise<boolean> {
    const due = await this.proxy.claim(CLAIM_MAXIMUM, this.settleSeconds);
    for (const { userId, settled } of due) {
      await this.sweep(userId);
      if (settled) await this.proxy.finish(userId);
    }
    return due.length === CLAIM_MAXIMUM;
  }

  private async sweep(userId: string): Promise<ErasedRows> {
    const deleted = await this.proxy.eraseRows(userId);
    this.logger.log({ msg: 'user erased', userId, deleted });
    return deleted;
  }
}
