import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Draining } from './draining.js';

/** Down as soon as the process is asked to stop, so that new requests go to other processes. */
@Injectable()
export class DrainingIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly draining: Draining,
  ) {}

  get active(): boolean {
    return this.draining.leavesAddress;
  }

  check(): HealthIndicatorResult {
    const indicator = this.indicators.check('process');
    return this.draining.leavesAddress ? indicator.down({ reason: 'stopping' }) : indicator.up();
  }
}
