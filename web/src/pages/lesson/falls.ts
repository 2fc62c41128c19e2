/** A stretch of a lesson in which learners leave. */
export interface Fall {
  /** The seconds before which most leave; the same where they leave at once. */
  from: number;
  to: number;
  lost: number;
}

/** Each leave point is of five seconds: of two nearer than twice that, one begins where the other ends. */
const NEAR_SECONDS = 10;

/**
 * The falls of a curve, the deepest first. The service looks at five seconds at a time, and so tells a longer fall as
 * several leave points: they are one here.
 */
export function fallsOf(leavePoints: readonly { at: number; lost: number }[]): Fall[] {
  const falls: Fall[] = [];
  for (const { at, lost } of leavePoints.toSorted((one, other) => one.at - other.at)) {
    const last = falls.at(-1);
    if (last && at - last.to < NEAR_SECONDS) {
      last.to = at;
      last.lost += lost;
    } else falls.push({ from: at, to: at, lost });
  }
  return falls.sort((one, other) => other.lost - one.lost);
}
