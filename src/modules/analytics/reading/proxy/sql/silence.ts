/** A learner who has been silent for so many days is at risk, and has stopped in the lesson of the last activity. */
export const SILENT_DAYS = 14;
/** After more days of silence a learner is lost. */
export const LOST_DAYS = 90;
/** Who enrolled at least so many days ago counts in the settled completion rate. */
const SETTLED_DAYS = 30;

/** The latest day of the last activity of a learner at risk; `today` is SQL. */
export const atRiskSince = (today: string): string => `${today}::date - ${SILENT_DAYS}`;

/** The earliest such day; who was last active before it is lost. */
export const lostBefore = (today: string): string => `${today}::date - ${LOST_DAYS}`;

export const settledSince = (today: string): string => `${today}::date - ${SETTLED_DAYS}`;
