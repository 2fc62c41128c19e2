import { Counter, Gauge, Histogram } from 'prom-client';
import { registry } from '../metrics/registry.js';

export const peerRequests = new Counter({
  name: 'progress_peer_requests_total',
  help: 'Requests to other services, by peer and outcome',
  labelNames: ['peer', 'outcome'] as const,
  registers: [registry],
});

export const peerRequestSeconds = new Histogram({
  name: 'progress_peer_request_seconds',
  help: 'Time until a peer answered or was given up, in seconds',
  labelNames: ['peer'] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
});

export const peerBreakerState = new Gauge({
  name: 'progress_peer_breaker_state',
  help: 'Circuit breaker of a peer: 0 closed, 1 half open, 2 open',
  labelNames: ['peer'] as const,
  aggregator: 'max',
  registers: [registry],
});

export const strayReplies = new Counter({
  name: 'progress_peer_stray_replies_total',
  help: 'Replies that nobody waited for: late, or duplicates',
  registers: [registry],
});

export const natsConnected = new Gauge({
  name: 'progress_nats_connected',
  help: '1 while the connection to NATS stands',
  aggregator: 'min',
  registers: [registry],
});
