import { Registry } from 'prom-client';

/** All metrics of the service; each is declared beside the code that moves it. */
export const registry = new Registry();
