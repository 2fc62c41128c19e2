import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Placement } from '../../src/common/database/placement/placement.js';
import { userId } from '../builders/ids.ts';

/** New learners of one place: what is committed in one transaction for several of them must be asked for such. */
export function neighbours(app: NestFastifyApplication, count: number): string[] {
  const placement = app.get(Placement, { strict: false });
  const first = userId();
  const found = [first];
  while (found.length < count) {
    const next = userId();
    if (placement.of(next) === placement.of(first)) found.push(next);
  }
  return found;
}
