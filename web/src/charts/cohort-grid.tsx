import { mayTellShare, Share } from '../ui/share.tsx';
import { ScrollFrame } from '../ui/scroll-frame.tsx';
import { NOTHING } from '../ui/table.ts';

export interface CohortRow {
  name: string;
  learners: number;
  /** How many of them; null while it cannot be known. */
  within: readonly (number | null)[];
}

interface CohortGridProps {
  label: string;
  columns: readonly string[];
  rows: readonly CohortRow[];
  head: string;
  learners: string;
}

/** Who began when, and how many of them had finished so many weeks later: the larger the share, the darker. */
export function CohortGrid({ label, columns, rows, head, learners }: CohortGridProps) {
  return (
    <ScrollFrame label={label}>
      <table class="cohorts">
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" class="number">
              {learners}
            </th>
            {columns.map((column) => (
              <th scope="col" class="number">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">{row.name}</th>
              <td class="number">
                <data value={row.learners}>{row.learners}</data>
              </td>
              {row.within.map((count) => (
                <Cell count={count} of={row.learners} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Cell({ count, of }: { count: number | null; of: number }) {
  if (count === null) return <td class="number later">{NOTHING}</td>;
  const tone = mayTellShare(of) && { '--tone': `${toneOf(count / of)}%` };
  return (
    <td class={`number${tone ? ' share' : ''}`} style={tone || undefined}>
      <data value={count}>
        <Share part={count} of={of} />
      </data>
    </td>
  );
}

/** Of the darkest colour, how much: among small shares, small differences are seen too. */
const toneOf = (share: number): number => Math.round(Math.sqrt(share) * 100);
