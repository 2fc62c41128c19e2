import { signal } from '@preact/signals';

/** What is away: this device's network, or the service. */
export type Away = 'network' | 'service';

/** Null while the service answers. */
export const away = signal<Away | null>(null);

export const reached = (): void => void (away.value = null);

export const missed = (): void => void (away.value = navigator.onLine ? 'service' : 'network');

window.addEventListener('offline', missed);
// Whether the service answers, too, the next question tells.
window.addEventListener('online', reached);
