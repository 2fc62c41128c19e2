import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { SmallDisk } from './small-disk.ts';

/** Where a process writes its log, and how that stops taking lines. */
export interface LogSink {
  readonly fault: string;
  /** For the child process; closed by `started`. */
  open(): number;
  break(): void;
  mend(): void;
  /** What has come out so far. */
  text(): string;
  close(): void;
}

/** A file on a disk that is filled. */
export function fileOn(disk: SmallDisk, name: string): LogSink {
  const path = join(disk.folder, name);
  return {
    fault: 'its disk is full',
    open: () => openSync(path, 'a'),
    break: () => disk.fill(),
    mend: () => disk.free(),
    text: () => readFileSync(path, 'utf8'),
    close: () => rmSync(path, { force: true }),
  };
}

/** A pipe whose reader does not read for a while, or goes away until another one comes. */
export function pipeIn(folder: string, name: string, reader: 'sleeps' | 'is gone'): LogSink {
  const path = join(folder, name);
  spawnSync('mkfifo', [path]);
  let text = '';
  let socket = read();

  function read(): Socket {
    const opened = new Socket({ fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK) });
    return opened.on('data', (chunk: Buffer) => void (text += chunk.toString()));
  }
  return {
    fault: `its reader ${reader}`,
    open: () => openSync(path, 'w'),
    break: () => void (reader === 'sleeps' ? socket.pause() : socket.destroy()),
    mend: () => {
      if (reader === 'sleeps') socket.resume();
      else socket = read();
    },
    text: () => text,
    close: () => {
      socket.destroy();
      rmSync(path, { force: true });
    },
  };
}

/** Hands the descriptor to `work`, which passes it to a process of its own. */
export async function withDescriptor<T>(
  sink: LogSink,
  work: (fd: number) => Promise<T>,
): Promise<T> {
  const descriptor = sink.open();
  try {
    return await work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
