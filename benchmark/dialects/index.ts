import type { Dialect } from '../load/operation.ts';
import { driver } from './driver.ts';
import { postgraphile } from './postgraphile.ts';
import { specification } from './specification.ts';

export const DIALECTS: Record<string, Dialect> = { specification, postgraphile, driver };
