import type { ComponentChildren } from 'preact';

/** What the cursor is at. The line is always there, so that nothing moves. */
export function Readout({ children }: { children: ComponentChildren }) {
  return <p class="readout">{children ?? '\u00a0'}</p>;
}
