import type { ComponentChildren } from 'preact';
import type { Asked } from '../api/use-figures.ts';
import { Failure } from './failure.tsx';
import { Skeleton } from './panel.tsx';

interface WithFiguresProps<Data> {
  asked: Asked<Data>;
  /** What the skeleton keeps free, in pixels. */
  height: number;
  show(data: Data): ComponentChildren;
}

/** Figures outside a panel. Those of the former question are pale, as in panels. */
export function WithFigures<Data>({ asked, height, show }: WithFiguresProps<Data>) {
  const { data, isFormer, problem } = asked.figures.value;
  if (data === null) {
    return problem ? (
      <Failure problem={problem} retry={asked.retry} />
    ) : (
      <Skeleton height={height} />
    );
  }
  return (
    <div
      class={`figures${isFormer ? ' former-figures' : ''}`}
      aria-busy={isFormer && problem === null}
    >
      {show(data)}
    </div>
  );
}
