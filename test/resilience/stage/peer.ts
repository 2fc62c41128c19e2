import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NO_FAULTS, type PeerFaults } from './platform.ts';

const PROGRAM = join(import.meta.dirname, 'peer-process.ts');

/**
 * The process of the other services. The certificates that it issued are read from its log, which it syncs to disk
 * before it answers.
 */
export class PeerProcess {
  private child: ChildProcess | null = null;
  private faults = NO_FAULTS;
  private readonly natsUrl: string;
  private readonly dataDir: string;
  private readonly seed: string;

  constructor(natsUrl: string, dataDir: string, seed: string) {
    this.natsUrl = natsUrl;
    this.dataDir = dataDir;
    this.seed = seed;
  }

  async start(): Promise<void> {
    this.child = fork(PROGRAM, [this.natsUrl, this.dataDir, this.seed], { execArgv: [] });
    await once(this.child, 'message');
    await this.behave({});
  }

  /** Changes the given faults; the others stay unchanged. */
  async behave(faults: Partial<PeerFaults>): Promise<void> {
    this.faults = { ...this.faults, ...faults };
    if (!this.child) return;
    const done = once(this.child, 'message');
    this.child.send(this.faults);
    await done;
  }

  async kill(): Promise<void> {
    if (!this.child) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
    this.child = null;
  }

  /** How many certificates were issued, by learner and course. */
  issued(): Map<string, number> {
    const path = join(this.dataDir, 'certificates.jsonl');
    const counts = new Map<string, number>();
    if (!existsSync(path)) return counts;
    const text = readFileSync(path, 'utf8');
    for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
      if (line === '') continue;
      const { userId, courseId } = JSON.parse(line) as { userId: string; courseId: string };
      const key = `${userId} ${courseId}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }
}
