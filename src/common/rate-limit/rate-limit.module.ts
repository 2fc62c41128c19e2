import { Module } from '@nestjs/common';
import { BackgroundModule } from '../background/background.module.js';
import { RateLimitExchange } from './rate-limit-exchange.js';
import { RateLimits } from './rate-limits.js';

/** The rate limits of users and addresses. */
@Module({ providers: [RateLimits], exports: [RateLimits] })
export class RateLimitModule {}

/** Makes the limits hold over all processes that NATS connects. */
@Module({ imports: [BackgroundModule, RateLimitModule], providers: [RateLimitExchange] })
export class RateLimitExchangeModule {}
