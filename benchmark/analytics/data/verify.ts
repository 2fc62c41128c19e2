import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { commandEnvironment, THIS_BUILD } from '../../data-set/template.ts';
import type { Database } from '../../servers/postgres.ts';

/** A recount goes from lesson to lesson. No question needs this index. */
const INDEX = `CREATE INDEX recounted ON user_progress (lesson_id) WHERE deleted_at IS NULL`;

/**
 * Compares all figures with the service's own recount: what was made by formula must be what records say.
 * @returns what it found, cut off; nothing when all is right
 */
export async function verifyFigures(database: Database, name: string): Promise<string[]> {
  const client = await database.connect(name);
  try {
    await client.query(INDEX);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(THIS_BUILD, 'dist', 'cli', 'verify.js'), '--analytics'],
      { encoding: 'utf8', env: commandEnvironment(database, name) },
    );
    await client.query('DROP INDEX recounted');
    if (status === 0) return [];
    return [`progress:verify -- --analytics:\n${stdout}${stderr}`.slice(0, 2_000)];
  } finally {
    await client.end();
  }
}
