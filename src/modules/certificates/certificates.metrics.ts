import { Counter, Gauge } from 'prom-client';
import { registry } from '../../common/metrics/registry.js';

export const certificateCheckTrusted = new Gauge({
  name: 'progress_certificate_check_trusted',
  help: '1 while the certificate service says of a made-up pair that it has no certificate; 0 while it does not, or cannot be asked',
  aggregator: 'min',
  registers: [registry],
});

export const certificateFailures = new Counter({
  name: 'progress_certificate_failures_total',
  help: 'Requests for certificates that the certificate service answered with an error, by what the error says',
  labelNames: ['kind'] as const,
  registers: [registry],
});
