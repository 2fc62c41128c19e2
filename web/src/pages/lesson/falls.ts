/** A stretch of a lesson in which learners leave. */
export interface Fall {
  /** Who left saw this second, */
  from: number;
  /** and not this one. */
  to: number;
  lost: number;
}

/**
 * The falls of a curve, the deepest first. The service looks at five seconds at a time, and so tells a longer fall as
 * several leave points. They never overlap; where one ends at the second in which the next begins, they are one here.
 */
export function fallsOf(leavePoints: readonly Fall[]): Fall[] {
  const falls: Fall[] = [];
  for (const { from, to, lost } of leavePoints.toSorted((one, other) => one.from - other.from)) {
    const last = falls.at(-1);
    if (last?.to === from) {
      last.to = to;
      last.lost += lost;
    } else falls.push({ from, to, lost });
  }
  return falls.sort((one, other) => other.lost - one.lost);
}
