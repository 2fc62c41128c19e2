import { computed, signal } from '@preact/signals';
import { LearnersAsOfDocument, TeachersAsOfDocument } from '../gql/graphql.ts';
import { dayIn } from '../format/days.ts';
import { serviceTime } from '../session/clock.ts';
import { person } from '../session/session.ts';
import { ask } from './client.ts';
import { away } from './reach.ts';

const EVERY_MS = 15_000;
/** The same while the service does not answer. */
const AWAY_EVERY_MS = 5_000;

/** Figures that are on the page. */
export interface Shown {
  /** Of which moment they are; null while there are none. */
  readonly asOf: string | null;
  /** Which figures they are; null where they are to be asked for in any case. */
  readonly version: string | null;
  /** Asks for them again. @param version what the service has now */
  refresh(version: string): void;
}

/** Which figures the service has, and up to which moment everything is in them. */
interface Latest {
  version: string;
  as_of: string;
}

const latest = signal<Latest | null>(null);
const shown = signal<readonly Shown[]>([]);

/** Of which moment figures are: while there are no others, they are also of now. */
export function momentOf({ version, as_of }: Partial<Latest>): string | null {
  const isLatest = version !== undefined && version === latest.value?.version;
  return isLatest ? latest.value!.as_of : (as_of ?? null);
}

/** The oldest moment of what is on the page. */
export const oldestAsOf = computed(() =>
  shown.value.reduce<string | null>(
    (oldest, { asOf }) => (asOf !== null && (oldest === null || asOf < oldest) ? asOf : oldest),
    null,
  ),
);

/** Keeps figures fresh while they are shown. @returns ends that */
export function keepFresh(figures: Shown): () => void {
  shown.value = [...shown.peek(), figures];
  return () => (shown.value = shown.peek().filter((one) => one !== figures));
}

/** Asks again for what is not of this version. */
function refreshAllBut(version: string): void {
  for (const figures of shown.peek()) {
    if (figures.version !== version) figures.refresh(version);
  }
}

/**
 * Tells when the figures move: asks for their version every 15 s while the page is visible. A stream of what was
 * committed would take the place of this function's body.
 */
function onFiguresMoved(moved: (version: string) => void): void {
  let next: number | undefined;
  const look = async () => {
    if (document.visibilityState !== 'visible' || person.peek() === null) return;
    // Where the service is away, the figures on the page become old, and say so.
    const found = await readLatest().catch(() => null);
    if (found === null) return;
    latest.value = found;
    moved(found.version);
  };
  const lookAndGoOn = () => {
    clearTimeout(next);
    void look().then(goOn);
  };
  const goOn = () => {
    clearTimeout(next);
    next = window.setTimeout(lookAndGoOn, away.peek() === null ? EVERY_MS : AWAY_EVERY_MS);
  };
  document.addEventListener('visibilitychange', lookAndGoOn);
  window.addEventListener('online', lookAndGoOn);
  // At once, and whenever a panel finds that the service is away, or back.
  away.subscribe(goOn);
}

async function readLatest(): Promise<Latest> {
  const { userId, role } = person.peek()!;
  if (role !== 'user') return (await ask(TeachersAsOfDocument, {})).myCourses;
  const day = dayIn('UTC', serviceTime());
  return (await ask(LearnersAsOfDocument, { userId, day })).learningActivity.data;
}

export const startLive = (): void => onFiguresMoved(refreshAllBut);
