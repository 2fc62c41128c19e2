import { Module } from '@nestjs/common';
import { BackgroundJobs } from './background-jobs.service.js';

/**
 * Import it where a job is declared. It is not global: global modules shut down last, in no fixed order, and jobs must
 * end before the database and NATS do.
 */
@Module({ providers: [BackgroundJobs], exports: [BackgroundJobs] })
export class BackgroundModule {}
