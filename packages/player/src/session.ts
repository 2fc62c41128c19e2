import { holdSession } from './tabs/locks.js';

/** `crypto.randomUUID` is missing in pages that are not secure. */
const newName = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');

/** The player's session: a name that was never used before, and the numbers of its beats. */
export interface Session {
  name(): string;
  next(): { session: string; seq: number };
  /** Lets other tabs send what this one leaves behind. */
  leave(): void;
  /** Begins another one: the page is back, or the service refuses the name. */
  renew(): void;
}

export function createSession(name = newName()): Session {
  let seq = 0;
  let release = holdSession(name);
  return {
    name: () => name,
    next: () => ({ session: name, seq: seq++ }),
    leave: () => release(),
    renew() {
      release();
      name = newName();
      seq = 0;
      release = holdSession(name);
    },
  };
}
