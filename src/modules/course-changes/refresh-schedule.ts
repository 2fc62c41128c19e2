const SOON_MS = 250;
const AGAIN_MS = 4_000;
/** How many courses can wait. Hints beyond that are dropped: those courses are refreshed when they are old. */
const COURSES_MAXIMUM = 1_000;

interface Refreshes {
  soon: NodeJS.Timeout | null;
  again: NodeJS.Timeout;
}

/**
 * When to refresh courses that are about to change. A course is refreshed soon after its first hint, and again a few
 * seconds after its last one: we may hear the request before the course service has carried it out, and then the first
 * refresh finds no change. Both are jittered, or all processes, which hear the same request, would ask at the same
 * time.
 */
export class RefreshSchedule {
  private readonly waiting = new Map<string, Refreshes>();

  constructor(private readonly refresh: (courseId: string) => void) {}

  hint(courseId: string): void {
    const waiting = this.waiting.get(courseId);
    if (!waiting && this.waiting.size >= COURSES_MAXIMUM) return;
    clearTimeout(waiting?.again);
    const soon = waiting?.soon ?? setTimeout(() => this.refreshSoon(courseId), jittered(SOON_MS));
    const again = setTimeout(() => this.refreshAgain(courseId), jittered(AGAIN_MS));
    this.waiting.set(courseId, { soon, again });
  }

  stop(): void {
    for (const { soon, again } of this.waiting.values()) {
      if (soon) clearTimeout(soon);
      clearTimeout(again);
    }
    this.waiting.clear();
  }

  private refreshSoon(courseId: string): void {
    const waiting = this.waiting.get(courseId);
    if (waiting) waiting.soon = null;
    this.refresh(courseId);
  }

  private refreshAgain(courseId: string): void {
    this.waiting.delete(courseId);
    this.refresh(courseId);
  }
}

/** Between 100 % and 125 % of the time. */
const jittered = (milliseconds: number) => milliseconds * (1 + Math.random() / 4);
