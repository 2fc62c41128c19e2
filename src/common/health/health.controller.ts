import { Controller, Get, Res, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { DatabaseIndicator } from './database.indicator.js';
import { DrainingIndicator } from './draining.indicator.js';
import { NatsIndicator } from './nats.indicator.js';

/** The supervisor's two questions: restart this process? send it requests? */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseIndicator,
    private readonly draining: DrainingIndicator,
    private readonly nats: NatsIndicator,
  ) {}

  /** 200 as long as the process can answer at all. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 when no request should be sent here; the body says why. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    try {
      return await this.check();
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      void reply.code(503);
      return error.getResponse() as HealthCheckResult;
    }
  }

  /** A stopping process answers at once: it must not keep getting requests because the database is slow. */
  private async check(): Promise<HealthCheckResult> {
    if (!this.draining.active) {
      const result = await this.health.check([
        () => this.draining.check(),
        () => this.database.check(),
        () => this.nats.check(),
      ]);
      if (!this.draining.active) return result;
    }
    return this.health.check([() => this.draining.check()]);
  }
}
