import type { Results } from '../results.ts';
import { isAtFullLoad, scenarioTitle, titleOf } from './titles.ts';

const WIDTH = 760;
const LABEL_WIDTH = 190;
const BAR = 16;
const GAP = 4;
const HEADING = 34;
const COLOURS: Record<string, string> = {
  us: '#2563eb',
  'us-twice': '#60a5fa',
  postgraphile: '#d97706',
  naive: '#dc2626',
  driver: '#6b7280',
  'pgbench-record': '#9ca3af',
  'pgbench-rollup': '#9ca3af',
};

/** Requests a second as bars. Each scenario is a group with a scale of its own. */
export function chart({ lines, machine }: Results): string {
  const throughput = lines.filter(({ scenario }) => isAtFullLoad(scenario));
  const parts: string[] = [];
  let y = 30;
  for (const scenario of new Set(throughput.map((line) => line.scenario))) {
    const group = throughput.filter((line) => line.scenario === scenario);
    const largest = Math.max(...group.map(({ median }) => median.perSecond));
    parts.push(text(10, y + 18, `${scenarioTitle(scenario)}, requests/s`, 'bold'));
    y += HEADING;
    for (const { contender, median } of group) {
      const width = Math.max(1, ((WIDTH - LABEL_WIDTH - 90) * median.perSecond) / largest);
      const middle = y + BAR - 4;
      parts.push(
        text(LABEL_WIDTH - 8, middle, titleOf(contender), 'normal', 'end'),
        `<rect x="${LABEL_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${COLOURS[contender] ?? '#000'}"/>`,
        text(LABEL_WIDTH + width + 6, middle, Math.round(median.perSecond).toLocaleString('en')),
      );
      y += BAR + GAP;
    }
  }
  const subtitle = `${machine['processor']}, ${machine['pinning']}, PostgreSQL ${machine['postgresql']}, Node ${machine['node']}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 16}" viewBox="0 0 ${WIDTH} ${y + 16}" font-family="system-ui, sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(10, 20, subtitle),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function text(x: number, y: number, content: string, weight = 'normal', anchor = 'start'): string {
  const escaped = content.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<text x="${x.toFixed(1)}" y="${y}" font-weight="${weight}" text-anchor="${anchor}" fill="#111827">${escaped}</text>`;
}
