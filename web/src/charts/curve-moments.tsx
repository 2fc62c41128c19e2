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
  const centres = moments.map(({ from, to }) => x((from + to) / 2));
  return (
    <g>
      {moments.map(({ number, kind, from, to }, index) => {
        const centre = centres[index]!;
        // One that would lie upon another one is moved beside it.
        const crowded = centres
          .slice(0, index)
          .filter((one) => Math.abs(one - centre) < ROW).length;
        const shown = centre + crowded * ROW;
        return (
          <g class={`moment ${kind}`}>
            {kind === 'replay' && (
              <rect x={x(from)} y={top - 4} width={Math.max(3, x(to) - x(from))} height={4} />
            )}
            {kind === 'leave' && <line x1={centre} x2={centre} y1={top - 6} y2={bottom} />}
            <circle cx={shown} cy={top - RADIUS - 6} r={RADIUS} />
            <text x={shown} y={top - RADIUS - 6} dy="0.34em" text-anchor="middle">
              {number}
            </text>
          </g>
        );
      })}
    </g>
  );
}
