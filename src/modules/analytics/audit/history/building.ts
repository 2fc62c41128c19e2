/** How far the building of the figures has come; null: it has not begun, or has ended. */
export interface Building {
  /** The portion that is next: its walk, and the key after which it begins. */
  walk: string;
  after: string;
  /** The figures were built before, and are built anew: days of learners are kept. */
  isAgain: boolean;
}

/**
 * Why no portion can be built now: there are processes of a version that does not journal; records are still adopted; the
 * quarter of an hour with which days begin has not begun.
 */
export type Obstacle = 'former-processes' | 'adoption' | 'first-quarter';

/** The state of the figures. */
export interface HistoryState {
  isBuilt: boolean;
  building: Building | null;
  obstacle: Obstacle | null;
}
