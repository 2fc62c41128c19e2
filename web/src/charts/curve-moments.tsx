import type { Scale } from './scale.ts';

/** A moment that stands out; its number is that of its sentence. */
export interface Moment {
  number: number;
  kind: 'leave' | 'replay';
  /** Its first second, and the second after its last one. */
  from: number;
  to: number;
}

interface CurveMomentsProps {
  moments: readonly Moment[];
  x: Scale;
  top: number;
  bottom: number;
}

const RADIUS = 9;
const ROW = 2 * RADIUS + 2;

/** Numbers above the curve, and where they belong. */
export function CurveMoments({ moments, x, top, bottom }: CurveMomentsProps) {
  let last = -Infinity;
  const shown = moments.map((moment) => {
    const centre = x((moment.from + moment.to) / 2);
    // One that would lie upon the one before is moved beside it.
    last = Math.max(centre, last + ROW);
    return { ...moment, centre, place: last };
  });
  return (
    <g>
      {shown.map(({ number, kind, from, to, centre, place }) => (
        <g class={`moment ${kind}`}>
          <rect x={x(from)} y={top - 4} width={Math.max(3, x(to) - x(from))} height={4} />
          {kind === 'leave' && <line x1={centre} x2={centre} y1={top - 6} y2={bottom} />}
          <circle cx={place} cy={top - RADIUS - 6} r={RADIUS} />
          <text x={place} y={top - RADIUS - 6} dy="0.34em" text-anchor="middle">
            {number}
          </text>
        </g>
      ))}
    </g>
  );
}
