import { Injectable } from '@nestjs/common';
import { CursorSecret } from '../../../common/cursors/cursor-secret.js';
import type { SealedCursor } from '../../../common/cursors/sealed-cursor.js';
import type { AtRiskPosition } from './proxy/learner-activity.proxy.js';
import type { TaughtPosition } from './proxy/course-summaries.proxy.js';

/** Cursors of one list: a position in it, for one person and what they asked for. */
class ListCursor<Position extends object> {
  constructor(private readonly cursors: SealedCursor) {}

  seal(position: Position, madeFor: readonly unknown[]): string {
    return this.cursors.seal(Buffer.from(JSON.stringify(position)), madeFor);
  }

  /** @throws BadUserInputError `cursorInvalid` */
  open(cursor: string, madeFor: readonly unknown[]): Position {
    return JSON.parse(this.cursors.open(cursor, madeFor).toString()) as Position;
  }
}

/** The cursors of the lists of this room. */
@Injectable()
export class AnalyticsCursors {
  readonly atRisk: ListCursor<AtRiskPosition>;
  readonly taught: ListCursor<TaughtPosition>;

  constructor(secret: CursorSecret) {
    this.atRisk = new ListCursor(secret.cursorsOf('learners at risk cursor'));
    this.taught = new ListCursor(secret.cursorsOf('taught courses cursor'));
  }
}
