const SOON_MS = 250;
const AGAIN_MS = 4_000;
/** Courses waiting at once; hints beyond that are dropped: the structure's age has it refreshed later. */
const COURSES_MAXIMUM = 1_000;

interface Refreshes {
  soon: NodeJS.Timeout | null;
  again: NodeJS.Timeout;
}

/**
 * When to refresh courses that others are about to change: soon, many hints at once being one; and again a few seconds
 * after the last hint, for a request is overheard before the course service has carried it out. Jittered, so that the
 * service's processes, which all hear the same, do not ask at the same time.
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

/** Between the time and a quarter more. */
const jittered = (milliseconds: number) => milliseconds * (1 + Math.random() / 4);
