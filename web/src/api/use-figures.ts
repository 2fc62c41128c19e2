import { useComputed, useSignal, type ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TypedDocumentString } from '../gql/graphql.ts';
import { person } from '../session/session.ts';
import { ask } from './client.ts';
import { keepFresh, momentOf } from './live.ts';
import { mayMoveUnseen } from './may-move-unseen.ts';
import { memory } from './memory.ts';
import type { Problem } from './problem.ts';
import { learnToday } from './today.ts';

/** What a panel has to show. */
export interface Figures<Data> {
  /** Null until there is something. It stays while newer figures are asked for, and while the service is away. */
  data: Data | null;
  asOf: string | null;
  /** Something else was asked for, of which there is nothing yet. */
  isFormer: boolean;
  problem: Problem | null;
}

export interface Asked<Data> {
  figures: ReadonlySignal<Figures<Data>>;
  retry(): void;
}

/** Asks for figures, and again when they move. */
export function useFigures<
  Answer,
  Data extends { as_of?: string; version?: string } & object,
  Variables extends object,
>(
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
  read: (answer: Answer) => Data,
): Asked<Data> {
  const key = `${String(document)} ${JSON.stringify(variables)}`;
  const data = useSignal((memory().get(key) as Data | undefined) ?? null);
  const wantedKey = useSignal(key);
  const shownKey = useSignal(key);
  const problem = useSignal<Problem | null>(null);
  const refresh = useRef((_version?: string) => {});
  const version = useRef<string | null>(null);
  const userId = person.value?.userId;

  // Asked before the page is painted: the answer is under way meanwhile.
  useLayoutEffect(() => {
    if (userId === undefined) return;
    let isWanted = true;
    const show = (found: Data) => {
      data.value = found;
      shownKey.value = key;
    };
    wantedKey.value = key;
    const known = memory().get(key);
    if (known !== undefined) show(known as Data);
    // What has no version of its own is of the one that was known before it was asked for.
    refresh.current = (before) =>
      void ask(document, variables).then(
        (answer) => {
          if (!isWanted) return;
          const found = read(answer);
          show(found);
          problem.value = null;
          version.current = mayMoveUnseen(found) ? null : (found.version ?? before ?? null);
          learnToday(found);
          memory().set(key, found);
        },
        (error: unknown) => {
          if (!isWanted) return;
          problem.value = error as Problem;
          version.current = null;
        },
      );
    refresh.current();
    const leave = keepFresh({
      get asOf() {
        return momentOf(data.value ?? {});
      },
      get version() {
        return version.current;
      },
      refresh: (before) => refresh.current(before),
    });
    return () => {
      isWanted = false;
      leave();
    };
  }, [key, userId]);

  const figures = useComputed(() => ({
    data: data.value,
    asOf: momentOf(data.value ?? {}),
    isFormer: wantedKey.value !== shownKey.value,
    problem: problem.value,
  }));
  const retry = () => {
    problem.value = null;
    refresh.current();
  };
  return { figures, retry };
}
