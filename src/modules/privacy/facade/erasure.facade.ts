import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { ErasureProxy, type ClaimedErasure, type ErasedRows } from '../proxy/erasure.proxy.js';

/** How many erasures one process claims at once; other processes may take the rest. */
const CLAIM_MAXIMUM = 20;

/**
 * Erases a learner: first the tombstone, then all rows, and all rows again later. The second pass finds rows of
 * transactions that had not seen the tombstone. There is no transaction around it: any process continues an interrupted
 * erasure from the tombstone.
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

  /** Erases now. @throws ServiceUnavailableError when it is interrupted; it is still finished later. */
  async erase(userId: string): Promise<ErasedRows> {
    await this.proxy.putTombstone(userId, { sweepInSeconds: this.settleSeconds, again: true });
    return this.sweep(userId);
  }

  /** Requests an erasure, which any process carries out. Does nothing when it was requested before. */
  async request(userId: string): Promise<void> {
    await this.proxy.putTombstone(userId, { sweepInSeconds: 0, again: false });
  }

  /**
   * Continues some erasures that are due. One that fails does not stop the others: claimed together, they would wait for
   * it again and again.
   * @returns whether there may be more of them. @throws the first error, after the last erasure.
   */
  async resume(): Promise<boolean> {
    const due = await this.proxy.claim(CLAIM_MAXIMUM, this.settleSeconds);
    const errors: unknown[] = [];
    for (const claimed of due) {
      await this.continue(claimed).catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) throw errors[0];
    return due.length === CLAIM_MAXIMUM;
  }

  private async continue({ userId, settled }: ClaimedErasure): Promise<void> {
    await this.sweep(userId);
    if (settled) await this.proxy.finish(userId);
  }

  private async sweep(userId: string): Promise<ErasedRows> {
    const deleted = await this.proxy.eraseRows(userId);
    this.logger.log({ msg: 'user erased', userId, deleted });
    return deleted;
  }
}
