/** Seconds of a lesson that were played without a jump: from the first, up to the last, which is not included. */
export interface Play {
  from: number;
  to: number;
}

/** A learner in front of a lesson, from when they press play until they leave it. */
export interface Sitting {
  courseId: string;
  lessonId: string;
  durationSeconds: number;
  /** When it began: whole seconds since 1970. */
  at: number;
  /** Playback rate. */
  rate: number;
  plays: Play[];
}

/** How long it took, in whole seconds of the learner's own time. */
export const secondsOf = ({ plays, rate }: Pick<Sitting, 'plays' | 'rate'>): number =>
  plays.reduce((sum, { from, to }) => sum + Math.ceil((to - from) / rate), 0);
