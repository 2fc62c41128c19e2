import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { FromClient, ToClient } from './client.ts';
import type { Measurement } from './measure.ts';

/** The process that sends the load: one for the whole run, so that its code is equally warm for every contender. */
export class ClientProcess {
  private readonly child: ChildProcess = fork(join(import.meta.dirname, 'client.ts'));

  /** Its process id, for measuring its processor time. */
  get pid(): number {
    return this.child.pid!;
  }

  async meet(message: Omit<ToClient & { type: 'meet' }, 'type'>): Promise<void> {
    await this.ask({ type: 'meet', ...message });
  }

  async measure(message: Omit<ToClient & { type: 'measure' }, 'type'>): Promise<Measurement> {
    const reply = await this.ask({ type: 'measure', ...message });
    return (reply as FromClient & { type: 'measured' }).measurement;
  }

  /** Seconds of watch time that the contender has acknowledged. */
  async added(contender: string): Promise<number> {
    const reply = await this.ask({ type: 'added', contender });
    return (reply as FromClient & { type: 'added' }).seconds;
  }

  stop(): void {
    this.child.kill();
  }

  private ask(message: ToClient): Promise<FromClient> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('the client ended'));
      this.child.once('exit', ended);
      this.child.once('message', (reply: FromClient) => {
        this.child.off('exit', ended);
        resolve(reply);
      });
      this.child.send(message);
    });
  }
}
