import { Global, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseIndicator } from './database.indicator.js';
import { DrainingIndicator } from './draining.indicator.js';
import { Draining } from './draining.js';
import { HealthController } from './health.controller.js';
import { NatsIndicator } from './nats.indicator.js';

/** `/health/live` and `/health/ready`. `Draining` is begun by whoever hears the signal to stop. */
@Global()
@Module({
  // Failing probes are answered, not logged: supervisors ask every few seconds.
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [Draining, DatabaseIndicator, DrainingIndicator, NatsIndicator],
  exports: [Draining],
})
export class HealthModule {}
