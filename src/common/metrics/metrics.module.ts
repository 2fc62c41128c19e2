import { Module } from '@nestjs/common';
import { collectDefaultMetrics } from 'prom-client';
import { MetricsController } from './metrics.controller.js';
import { registry } from './registry.js';

// Once for each process, even when the process makes several applications.
collectDefaultMetrics({ register: registry });

/** `/metrics`, in Prometheus's form. */
@Module({ controllers: [MetricsController] })
export class MetricsModule {}
