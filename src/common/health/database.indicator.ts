import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { Primary } from '../database/primary.js';

/** The limit of a probe, in milliseconds: well below the few seconds that supervisors wait. */
const TIMEOUT_MS = 1_000;

/** Up when the database answers, takes changes, and has every migration that this version needs. */
@Injectable()
export class DatabaseIndicator {
  private migrated = false;
  private takesChanges = false;

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly dataSource: DataSource,
    private readonly primary: Primary,
  ) {}

  async check(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('database');
    const { database } = await indicator.attempt(() => this.probe()).withTimeout(TIMEOUT_MS);
    // The driver's error may name hosts and users. This address is public, so hide it.
    if (database.status === 'down') return indicator.down({ reason: 'not reachable' });
    if (!this.takesChanges) return indicator.down({ reason: 'read-only' });
    return this.migrated ? indicator.up() : indicator.down({ reason: 'migrations pending' });
  }

  /** Migrations are never reverted under a running service, so stop asking once they are all there. */
  private async probe(): Promise<void> {
    if (this.migrated) await this.dataSource.query('SELECT 1');
    else this.migrated = !(await this.dataSource.showMigrations());
    this.takesChanges = await this.primary.takesChanges();
  }
}
