import { CreateProgress1763900000000 } from './1763900000000-create-progress.js';

/** All migrations, oldest first. */
export const MIGRATIONS = [CreateProgress1763900000000];
