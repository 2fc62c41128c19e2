import { Injectable } from '@nestjs/common';

/** Whether the process was asked to stop. It still serves, but wants no new clients. */
@Injectable()
export class Draining {
  private begun = false;
  private replaced = false;

  /** Each answer ends its connection, so that clients come back over a new one. */
  get active(): boolean {
    return this.begun;
  }

  /** Clients must go to another address: no other process takes over at this one. */
  get leavesAddress(): boolean {
    return this.begun && !this.replaced;
  }

  begin(): void {
    this.begun = true;
    this.replaced = false;
  }

  /** Another worker serves at this address already. */
  beginReplaced(): void {
    this.begun = true;
    this.replaced = true;
  }
}
