import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const DIST = join(import.meta.dirname, '..', '..', 'dist', 'modules');

/**
 * Parts of the service as it is built: a history follows the service's own rules, and is journalled in its own form.
 * Its sources cannot be loaded here, since they have decorators.
 */
export async function loadServiceCode() {
  const [changes, state, moves, columns, journal] = await Promise.all([
    load<typeof import('../../src/modules/user-progress/changes/apply-change.js')>(
      'user-progress/changes/apply-change.js',
    ),
    load<typeof import('../../src/modules/user-progress/changes/batch-state.js')>(
      'user-progress/changes/batch-state.js',
    ),
    load<typeof import('../../src/modules/user-progress/changes/batch-moves.js')>(
      'user-progress/changes/batch-moves.js',
    ),
    load<typeof import('../../src/modules/user-progress/record-columns.js')>(
      'user-progress/record-columns.js',
    ),
    load<typeof import('../../src/modules/analytics/journal/proxy/sql/append.js')>(
      'analytics/journal/proxy/sql/append.js',
    ),
  ]);
  return { ...changes, ...state, ...moves, ...columns, ...journal };
}

export type ServiceCode = Awaited<ReturnType<typeof loadServiceCode>>;

const load = <Module>(path: string): Promise<Module> =>
  import(pathToFileURL(join(DIST, path)).href) as Promise<Module>;
