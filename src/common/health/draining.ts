import { Injectable } from '@nestjs/common';

/** Whether the process was asked to stop. It still serves, but wants no new clients. */
@Injectable()
export class Draining {
  private begun = false;

  get active(): boolean {
    return this.begun;
  }

  begin(): void {
    this.begun = true;
  }
}
