import { signal } from '@preact/signals';

const TICK_MS = 5_000;

/** How far the service's clock is ahead of this device's, in milliseconds. */
let ahead = 0;

/** Learns it from the `Date` header of an answer. */
export function learnTime({ headers }: Response): void {
  const date = Date.parse(headers.get('date') ?? '');
  if (!Number.isNaN(date)) ahead = date - Date.now();
}

/** The service's time, in milliseconds since 1970. */
export const serviceTime = (): number => Date.now() + ahead;

/** The same, anew every five seconds: for what is shown. */
export const ticking = signal(serviceTime());
setInterval(() => (ticking.value = serviceTime()), TICK_MS);
