import type { Ledger } from './load/ledger.ts';
import type { Service } from './stage/service.ts';

/** The results of trying a promise. */
export class Tally {
  times = 0;
  operations = 0;
  acknowledged = 0;
  unknown = 0;
  lost = 0;
  duplicated = 0;
  /** Milliseconds; null when there is nothing to recover from. */
  worstRecoveryMs: number | null = null;
  /** Each way in which the promise was broken, with an example. */
  readonly violations = new Map<string, { count: number; example: string }>();
  /** Further figures of the promise, by name. */
  readonly figures = new Map<string, string>();

  get kept(): boolean {
    return this.violations.size === 0;
  }

  lose(what: string, example: string): void {
    this.lost += 1;
    this.violate(`lost ${what}`, example);
  }

  duplicate(what: string, example: string): void {
    this.duplicated += 1;
    this.violate(`duplicated ${what}`, example);
  }

  violate(what: string, example: string): void {
    const known = this.violations.get(what);
    if (known) known.count += 1;
    else this.violations.set(what, { count: 1, example });
  }

  recovered(milliseconds: number, within?: number): void {
    this.worstRecoveryMs = Math.max(this.worstRecoveryMs ?? 0, milliseconds);
    if (within !== undefined && milliseconds > within) {
      this.violate(`recovery later than ${within} ms`, `${Math.round(milliseconds)} ms`);
    }
  }

  count(ledger: Ledger, services: readonly Service[]): void {
    this.operations += ledger.operations;
    this.acknowledged += ledger.counts.acknowledged;
    this.unknown += ledger.counts.unknown;
    const unexpected = ledger.codes.get('INTERNAL_SERVER_ERROR');
    if (!unexpected) return;
    const logged = services.map(({ unexpectedError }) => unexpectedError).find(Boolean);
    this.violate('unexpected errors', `${unexpected} INTERNAL_SERVER_ERROR: ${logged}`);
  }
}
