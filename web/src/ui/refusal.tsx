import type { Asked } from '../api/use-figures.ts';
import { FORBIDDEN, type Problem } from '../api/problem.ts';
import { text } from '../i18n/text.ts';
import { DeadEnd } from './dead-end.tsx';

const REFUSALS = [FORBIDDEN, 'NOT_FOUND'];

/** Why the whole page cannot be shown, whatever part of it asks; null where it can. */
export const refusalOf = (...parts: Asked<unknown>[]): Problem | null =>
  parts
    .map(({ figures }) => figures.value.problem)
    .find((problem) => problem !== null && REFUSALS.includes(problem.code)) ?? null;

/** Instead of a page that may not be seen, or is none: why, and what to do. */
export function Refusal({ problem }: { problem: Problem }) {
  const isForbidden = problem.code === FORBIDDEN;
  return (
    <DeadEnd name={text(isForbidden ? 'refused.title' : 'unknown.title')} role="alert">
      {problem.message} {text(isForbidden ? 'refused.advice' : 'unknown.advice')}
    </DeadEnd>
  );
}
