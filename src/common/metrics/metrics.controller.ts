import { Controller, Get, Header } from '@nestjs/common';
import { registry } from './registry.js';
import { metricsOfAll } from './metrics-of-all.js';

@Controller('metrics')
export class MetricsController {
  @Get()
  @Header('content-type', registry.contentType)
  async metrics(): Promise<string> {
    return metricsOfAll();
  }
}
