/** A stretch of media that was played without a jump, as it waits on the device. */
export interface Beat {
  /** The name of the player's session, and the beat's number in it: no other beat has both. */
  session: string;
  seq: number;
  userId: string;
  courseId: string;
  lessonId: string;
  /** Whole seconds of media: `[from, to)`. Equal when only the position is noted. */
  from: number;
  to: number;
  rate: number;
  /** When `to` was reached, in milliseconds since 1970 by the device's clock. */
  at: number;
  /** Which setting of the device's clock that was (`Clock.base`). */
  base: number;
  /** What to add to `at` for the service's clock, in milliseconds, if it was known when the beat was recorded. */
  offset?: number;
  /** Still growing. Everything else may have been sent, and never changes. */
  open: boolean;
  /** Under which time it was sent first, by the service's clock. A repeat has the same one. */
  sentAt?: number;
}

export const keyOf = ({ session, seq }: Pick<Beat, 'session' | 'seq'>): string =>
  `${session}/${seq}`;
