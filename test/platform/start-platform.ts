import { join } from 'node:path';
import { SANDBOX, type Catalogue } from '../../sandbox/catalogue.ts';
import { startChild } from '../../sandbox/servers/child.ts';
import { TEST_SECRET } from '../support/tokens.ts';
import { nestFolder, type NestVersion } from './install.ts';
import { COMMANDS, type Commands, type Rows } from './src/contract.ts';

export interface PlatformOptions {
  natsUrl: string;
  /** Which NestJS the services are of; 10 as published. */
  nest?: NestVersion;
  /** The rows that are as they should be from the start; none by default. */
  mended?: Rows;
  /** Users and courses; the sandbox's by default. */
  catalogue?: Catalogue;
  /** Signs the tokens. */
  secret?: string;
}

type Remote = {
  [Name in keyof Commands]: (
    ...args: Parameters<Commands[Name]>
  ) => Promise<ReturnType<Commands[Name]>>;
};

/** The running replica: each command of `Commands`, as a promise. */
export type Platform = Remote & { close(): Promise<void> };

/** Starts users, courses and certificates in a process of their own, which never outlives this one. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { natsUrl, nest = 10, mended = [], catalogue = SANDBOX, secret = TEST_SECRET } = options;
  const child = startChild(
    `the platform (NestJS ${nest})`,
    process.execPath,
    [join(nestFolder(nest), 'dist', 'main.js')],
    {
      environment: {
        PATH: process.env['PATH'],
        NO_COLOR: '1',
        NATS_URL: natsUrl,
        JWT_SECRET: secret,
        PLATFORM_MENDED: mended === 'all' ? 'all' : mended.join(','),
      },
    },
  );
  const [, port] = await child.line(/controlled on port (\d+)/);
  const remote = connectTo(`http://127.0.0.1:${port}`);
  await addCatalogue(remote, catalogue);
  return { ...remote, close: () => child.stop() };
}

export async function addCatalogue(platform: Remote, catalogue: Catalogue): Promise<void> {
  await Promise.all([
    ...catalogue.users.map((user) => platform.addUser(user)),
    ...catalogue.courses.map((course) => platform.addCourse(course)),
  ]);
}

function connectTo(origin: string): Remote {
  const commands = COMMANDS.map((name) => [
    name,
    async (...args: unknown[]) => {
      const response = await fetch(`${origin}/${name}`, {
        method: 'POST',
        body: JSON.stringify(args),
      });
      if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
      return response.json();
    },
  ]);
  return Object.fromEntries(commands) as Remote;
}
