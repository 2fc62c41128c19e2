import type { Contender } from './contender.ts';
import { driver } from './driver.ts';
import { naive } from './naive.ts';
import { postgraphile } from './postgraphile.ts';
import { us } from './us.ts';

export const CONTENDERS: Contender[] = [us, postgraphile, naive, driver];
