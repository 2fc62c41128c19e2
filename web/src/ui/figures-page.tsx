import { FORBIDDEN, NOT_FOUND, type Problem } from '../api/problem.ts';
import type { Asked } from '../api/use-figures.ts';
import { text } from '../i18n/text.ts';
import { DeadEnd } from './dead-end.tsx';
import { Page, type PageProps } from './page.tsx';

interface FiguresPageProps extends PageProps {
  /** What the page is nothing without. */
  asked: readonly Asked<unknown>[];
}

/** A page of figures; where any of them may not be seen, or are of nothing: why, and what to do. */
export function FiguresPage({ asked, ...page }: FiguresPageProps) {
  const refusal = asked
    .map(({ figures }) => figures.value.problem)
    .find((problem) => problem?.code === FORBIDDEN || problem?.code === NOT_FOUND);
  return refusal ? <Refusal problem={refusal} /> : <Page {...page} />;
}

function Refusal({ problem: { code, message } }: { problem: Problem }) {
  const isForbidden = code === FORBIDDEN;
  return (
    <DeadEnd name={text(isForbidden ? 'refused.title' : 'unknown.title')} role="alert">
      {message} {text(isForbidden ? 'refused.advice' : 'unknown.advice')}
    </DeadEnd>
  );
}
