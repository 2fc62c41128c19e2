import { cpus, platform, release, totalmem } from 'node:os';
import type { Arena } from './arena.ts';

/** The machine on which the figures were measured. */
export async function machine(
  { database }: Arena,
  pinned: string,
): Promise<Record<string, string | number>> {
  const client = await database.connect('postgres');
  try {
    const { rows } = await client.query<{ version: string; buffers: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('shared_buffers') AS buffers`,
    );
    return {
      processor: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      memory: `${Math.round(totalmem() / 1_073_741_824)} GB`,
      system: `${platform()} ${release()}`,
      node: process.versions.node,
      postgresql: rows[0]!.version,
      shared_buffers: rows[0]!.buffers,
      pinning: pinned,
    };
  } finally {
    await client.end();
  }
}
