import { percent, place } from '../../format/numbers.ts';
import { text } from '../../i18n/text.ts';
import type { TellingMoment } from './moments.ts';

interface MomentsProps {
  moments: readonly TellingMoment[];
  /** Null where no player can go there. */
  seek: ((second: number) => void) | null;
}

/** The numbers of the curve in words. */
export function Moments({ moments, seek }: MomentsProps) {
  if (moments.length === 0) return <p class="nothing">{text('moments.none')}</p>;
  return (
    <ol class="moments">
      {moments.map((moment) => (
        <li>
          <span class={`number ${moment.kind}`}>{moment.number}</span>
          {seek ? (
            <button type="button" class="text" onClick={() => seek(moment.from)}>
              {sentence(moment)}
            </button>
          ) : (
            <span>{sentence(moment)}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

function sentence({ kind, from, to, size }: TellingMoment): string {
  const span = { from: place(from), to: place(to) };
  return kind === 'leave'
    ? text('moments.leave', { ...span, count: size })
    : text('moments.replay', { ...span, share: percent(size) });
}
