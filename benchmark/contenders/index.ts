import type { Contender } from './contender.ts';
import { driver } from './driver.ts';
import { naive } from './naive.ts';
import { postgraphile } from './postgraphile.ts';
import { us, usTwice } from './us.ts';

export const CONTENDERS: Contender[] = [us, usTwice, postgraphile, naive, driver];
