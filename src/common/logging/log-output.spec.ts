import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Logger } from '@nestjs/common';
import { waitFor } from '../../../test/for-specs.ts';
import { registry } from '../metrics/registry.js';
import { LogOutput } from './log-output.js';

const { O_NONBLOCK, O_RDONLY, O_RDWR, O_WRONLY } = constants;
const LINE = 'x'.repeat(1_023);
/** Twice what waits, and what a pipe holds. */
const TOO_MANY = 2_500;

const dropped = async (): Promise<number> => {
  const metric = await registry.getSingleMetric('progress_log_lines_dropped_total')!.get();
  return metric.values[0]?.value ?? 0;
};

describe.skipIf(process.platform === 'win32')('the log', () => {
  let folder: string;
  let path: string;
  let before: number;
  const descriptors: number[] = [];

  const open = (flags: number): number => {
    const descriptor = openSync(path, flags);
    descriptors.push(descriptor);
    return descriptor;
  };
  /** Reads the pipe until the words come, and to its end. */
  const untilRead = async (from: number, words: string): Promise<string> => {
    let text = '';
    const buffer = Buffer.alloc(65_536);
    await waitFor(
      () => {
        text += buffer.toString('latin1', 0, readSync(from, buffer));
        return text.includes(words);
      },
      { message: 'the lines come' },
    );
    return text;
  };
  const writeNumbered = (output: LogOutput, lines: number): void => {
    for (let number = 0; number < lines; number += 1) output.write(`${number} ${LINE}\n`);
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'progress-log-'));
    path = join(folder, 'pipe');
    spawnSync('mkfifo', [path]);
    before = await dropped();
  });
  afterEach(() => {
    for (const descriptor of descriptors.splice(0)) closeSync(descriptor);
    rmSync(folder, { recursive: true });
  });

  it('drops what its sleeping reader does not take, counts it, and says so where lines are missing', async () => {
    const pipe = open(O_RDWR | O_NONBLOCK);
    const output = new LogOutput(pipe);
    vi.spyOn(Logger.prototype, 'warn').mockImplementation((message: object) =>
      output.write(JSON.stringify(message)),
    );
    writeNumbered(output, TOO_MANY);
    const lost = (await dropped()) - before;
    const kept = TOO_MANY - lost;
    expect(lost).toBeGreaterThan(0);
    expect(kept).toBeLessThan(1_200);

    const said = JSON.stringify({ msg: 'log lines were dropped', lines: lost });
    const text = await untilRead(pipe, said);
    const numbers = text.match(/^\d+ /gm)!.map(Number);
    expect(numbers).toEqual(Array.from({ length: kept }, (_, number) => number));
    expect(text.endsWith(said)).toBe(true);
    expect((await dropped()) - before).toBe(lost);
  });

  it('keeps lines whole in a pipe that is full, and that another process writes to', async () => {
    const pipe = open(O_RDWR | O_NONBLOCK);
    const workers = [new LogOutput(pipe, true), new LogOutput(pipe, true)];
    for (let line = 0; line < 200; line += 1)
      for (const [number, output] of workers.entries()) output.write(`${number} ${LINE}\n`);
    for (const [number, output] of workers.entries()) output.write(`last ${number}\n`);
    const text = await untilRead(pipe, 'last 0');
    const rest = text.includes('last 1') ? '' : await untilRead(pipe, 'last 1');
    const broken = (text + rest)
      .split('\n')
      .filter((line) => !/^([01] x{1023}|last [01]|)$/.test(line));
    expect(broken).toEqual([]);
  });

  it('goes on with the next reader when one has gone', async () => {
    const gone = openSync(path, O_RDONLY | O_NONBLOCK);
    const output = new LogOutput(open(O_WRONLY | O_NONBLOCK));
    closeSync(gone);
    writeNumbered(output, 40);
    await waitFor(() => Reflect.get(output, 'state') === 'waiting', { message: 'EPIPE' });
    const text = await untilRead(open(O_RDONLY | O_NONBLOCK), `\n39 ${LINE}\n`);
    expect(text.match(/^\d+ /gm)).toHaveLength(40);
  });
});
