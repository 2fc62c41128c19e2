import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { DataSource } from 'typeorm';

/** A probe is answered well within the seconds that supervisors wait. */
const TIMEOUT_MS = 1_000;

/** Whether the database answers, and has every migration that this version needs. */
@Injectable()
export class DatabaseIndicator {
  private migrated = false;

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly dataSource: DataSource,
  ) {}

  async check(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('database');
    const { database } = await indicator.attempt(() => this.probe()).withTimeout(TIMEOUT_MS);
    // What the driver says of it may name hosts and users, which is nothing for a public address.
    if (database.status === 'down') return indicator.down({ reason: 'not reachable' });
    return this.migrated ? indicator.up() : indicator.down({ reason: 'migrations pending' });
  }

  /** Migrations are never undone under a running service, so they are looked up until they are there. */
  private async probe(): Promise<void> {
    if (this.migrated) await this.dataSource.query('SELECT 1');
    else this.migrated = !(await this.dataSource.showMigrations());
  }
}
