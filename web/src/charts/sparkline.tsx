import { max } from 'd3-array';

const WIDTH = 96;
const HEIGHT = 24;
const GAP = 2;

/** Some weeks at a glance, without axes: beside it stands what they are. The last one is not over, and is paler. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const highest = max(values) || 1;
  const step = WIDTH / values.length;
  return (
    <svg class="sparkline" width={WIDTH} height={HEIGHT} role="img" aria-label={label} dir="ltr">
      {values.map((value, index) => {
        const height = Math.max(1.5, (value / highest) * HEIGHT);
        return <rect x={index * step} y={HEIGHT - height} width={step - GAP} height={height} />;
      })}
    </svg>
  );
}
