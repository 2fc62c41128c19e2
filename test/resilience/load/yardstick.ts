import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { meanOfLowest } from './figures.ts';

const PROGRAM = join(import.meta.dirname, 'yardstick-process.ts');
/** Measurements of the last two seconds. */
const RECENT = 80;
/** Share that is counted: the slowest measurements include a garbage collection. */
const COUNTED = 0.75;

interface Measurement {
  /** Milliseconds since 1970. */
  at: number;
  tookMs: number;
}

/**
 * Measures how slow the machine is. On a shared machine, the cost of a request may double and halve again within
 * seconds. A process beside the service does a fixed piece of work that is like a request (parse, validate, execute,
 * serialize) forty times a second, and measures its processor time. A request's cost is proportional to it: correlation
 * 0.93 in windows of 10 s (docs/adr/0006).
 */
export class Yardstick {
  private readonly child: ChildProcess;
  private readonly measurements: Measurement[] = [];

  private constructor(child: ChildProcess) {
    this.child = child;
    child.on('message', (measurement) => this.measurements.push(measurement as Measurement));
  }

  static async start(): Promise<Yardstick> {
    // Otherwise the measurement includes the garbage collector's threads.
    const yardstick = new Yardstick(fork(PROGRAM, [], { execArgv: ['--single-threaded'] }));
    while (yardstick.measurements.length < RECENT) await once(yardstick.child, 'message');
    return yardstick;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Milliseconds of processor time for the work, from `from` (milliseconds since 1970) until now. */
  since(from: number): number {
    return typical(this.measurements.filter(({ at }) => at >= from));
  }

  /** The same for the last two seconds. */
  get recent(): number {
    return typical(this.measurements.slice(-RECENT));
  }

  close(): void {
    this.child.disconnect();
  }
}

function typical(measurements: readonly Measurement[]): number {
  return meanOfLowest(
    measurements.map(({ tookMs }) => tookMs),
    COUNTED,
  );
}
