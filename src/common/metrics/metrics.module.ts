import { Module } from '@nestjs/common';
import { collectDefaultMetrics } from 'prom-client';
import { MetricsController } from './metrics.controller.js';
import { registry } from './registry.js';

// Once a process, however many applications the process makes.
collectDefaultMetrics({ register: registry });

/** `/metrics`, in Prometheus's form. */
@Module({ controllers: [MetricsController] })
export class MetricsModule {}
