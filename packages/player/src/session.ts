import { holdSession } from './tabs/locks.js';

/** 32 hexadecimal digits. `crypto.randomUUID` is missing in pages that are not secure. */
export const newName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/** The player's session: a name that was never used before, and the numbers of its beats. */
export class Session {
  private seq = 0;
  private release: () => void;

  constructor(private current = newName()) {
    this.release = holdSession(current);
  }

  get name(): string {
    return this.current;
  }

  next(): { session: string; seq: number } {
    return { session: this.current, seq: this.seq++ };
  }

  /** Lets other tabs send what this one leaves behind. */
  leave(): void {
    this.release();
  }

  /** Begins another one: the page is back, or the service refuses the name. */
  renew(): void {
    this.leave();
    this.current = newName();
    this.seq = 0;
    this.release = holdSession(this.current);
  }
}
