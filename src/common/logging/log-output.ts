import { Logger } from '@nestjs/common';
import cluster from 'node:cluster';
import { write, writeSync } from 'node:fs';
import { Counter } from 'prom-client';
import { registry } from '../metrics/registry.js';

/** Lines are collected for a moment: in a busy process, a write costs more than a line. */
const GATHERED_CHARACTERS = 32_768;
const GATHERED_MS = 250;
/** What waits for a full disk or a reader that sleeps. Lines beyond that are dropped. */
const WAITING_CHARACTERS = 1_048_576;
const RETRY_MS = 25;
const LAST_CHANCE_MS = 500;
/** As much as a pipe takes in one piece. */
const ATOMIC_BYTES = 4_096;
const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

const logger = new Logger('LogOutput');

const droppedLines = new Counter({
  name: 'progress_log_lines_dropped_total',
  help: 'Lines of the log that standard output did not take in time',
  registers: [registry],
});

/**
 * Writes lines to a file descriptor, in order, in the background. A write that fails (the disk is full, the reader
 * sleeps or is gone) is repeated until it succeeds. The process serves on meanwhile, and also ends.
 *
 * pino's own destination repeats such a write without end while the process wants to exit, and buffers without limit.
 */
export class LogOutput {
  private gathered = '';
  private unwritten: Buffer = NOTHING;
  private state: 'idle' | 'writing' | 'waiting' = 'idle';
  /** Bytes of `unwritten` that a thread is writing. */
  private underway = 0;
  private dropped = 0;

  /** @param isShared whether other processes write to it, too: then lines are written whole */
  constructor(
    private readonly fileDescriptor: number,
    private readonly isShared = false,
  ) {
    setInterval(() => this.flush(), GATHERED_MS).unref();
    process.on('exit', () => this.flushAtExit());
  }

  write(line: string): void {
    if (this.gathered.length + line.length > WAITING_CHARACTERS) {
      this.dropped += 1;
      droppedLines.inc();
      return;
    }
    this.gathered += line;
    if (this.gathered.length >= GATHERED_CHARACTERS) this.flush();
  }

  private flush(): void {
    if (this.state !== 'idle' || this.gathered === '') return;
    this.unwritten = Buffer.from(this.gathered);
    this.gathered = '';
    this.writeOn();
  }

  private writeOn(): void {
    this.state = 'writing';
    this.underway = this.nextPiece(this.unwritten);
    write(this.fileDescriptor, this.unwritten, 0, this.underway, null, (error, bytes) => {
      this.underway = 0;
      if (error || bytes === 0) {
        this.state = 'waiting';
        setTimeout(() => this.writeOn(), RETRY_MS).unref();
        return;
      }
      this.unwritten = this.unwritten.subarray(bytes);
      if (this.unwritten.length > 0) return this.writeOn();
      this.state = 'idle';
      this.tellDropped();
    });
  }

  /** As many bytes as keep a line of another process out of ours. A longer line takes that risk. */
  private nextPiece(bytes: Buffer): number {
    if (!this.isShared || bytes.length <= ATOMIC_BYTES) return bytes.length;
    const end = bytes.lastIndexOf(NEWLINE, ATOMIC_BYTES - 1);
    return (end < 0 ? bytes.indexOf(NEWLINE) : end) + 1;
  }

  /** The message stands where the lines are missing: behind all that was gathered before the first of them. */
  private tellDropped(): void {
    if (this.dropped === 0) return;
    const lines = this.dropped;
    this.dropped = 0;
    this.flush();
    logger.warn({ msg: 'log lines were dropped', lines });
  }

  /** A reader that is only slow gets the last lines. A thread finishes a write that has begun. */
  private flushAtExit(): void {
    const until = performance.now() + LAST_CHANCE_MS;
    const begun = this.unwritten.subarray(this.underway);
    let rest = Buffer.concat([begun, Buffer.from(this.gathered)]);
    while (rest.length > 0 && performance.now() < until) {
      try {
        rest = rest.subarray(writeSync(this.fileDescriptor, rest, 0, this.nextPiece(rest)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
      }
    }
  }
}

let standardOutput: LogOutput | undefined;

/** The log's way to standard output: one for all loggers of the process. */
export function logOutput(): { write(line: string): void } {
  standardOutput ??= new LogOutput(1, cluster.isWorker);
  const output = standardOutput;
  return { write: (line) => output.write(line) };
}
