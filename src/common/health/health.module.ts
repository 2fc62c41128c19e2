import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseIndicator } from './database.indicator.js';
import { DrainingIndicator } from './draining.indicator.js';
import { Draining } from './draining.js';
import { HealthController } from './health.controller.js';
import { NatsIndicator } from './nats.indicator.js';

/** `/health/live` and `/health/ready`. The code that receives the signal to stop begins `Draining`. */
@Global()
@Module({
  // Do not log failing probes: supervisors send one every few seconds.
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [Draining, DatabaseIndicator, DrainingIndicator, NatsIndicator],
  exports: [Draining],
})
export class HealthModule {}
