import { text } from '../../i18n/text.ts';

interface CalendarLegendProps {
  /** Whether there are days of which nothing is known. */
  hasUnknown: boolean;
  /** How many colours there are, beside that of a day without any activity. */
  steps: number;
}

/** What the colours of days are. It stands above them while no day is chosen. */
export function CalendarLegend({ hasUnknown, steps }: CalendarLegendProps) {
  return (
    <span class="legend">
      <span>
        {text('learning.less')}
        {Array.from({ length: steps + 1 }, (_, step) => (
          <span class={`swatch step-${step}`} />
        ))}
        {text('learning.more')}
      </span>
      {hasUnknown && (
        <span>
          <span class="swatch unknown" />
          {text('learning.unknown')}
        </span>
      )}
    </span>
  );
}
