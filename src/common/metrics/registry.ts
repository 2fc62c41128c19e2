import { Registry } from 'prom-client';

/** All metrics of the service. Each is declared beside the code that changes it. */
export const registry = new Registry();
