import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { NatsService } from '../nats/nats.service.js';

/** The state of the NATS connection. Never down: the service works without NATS. */
@Injectable()
export class NatsIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly nats: NatsService,
  ) {}

  check(): HealthIndicatorResult {
    const indicator = this.indicators.check('nats');
    const state = this.nats.state();
    return state === 'connected' ? indicator.up() : indicator.degraded({ state });
  }
}
