/** Lines differ by their dashes too, not by colour alone. */
export type Tone = 'first' | 'second' | 'third';

interface LegendProps {
  lines: readonly { name: string; tone: Tone }[];
}

/** Which line is what. It stands above a chart while no place in it is chosen. */
export function Legend({ lines }: LegendProps) {
  return (
    <span class="legend">
      {lines.map(({ name, tone }) => (
        <span>
          <svg width="22" height="8" aria-hidden="true">
            <line class={`line ${tone}`} x1="0" x2="22" y1="4" y2="4" />
          </svg>
          {name}
        </span>
      ))}
    </span>
  );
}
