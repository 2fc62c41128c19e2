import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

interface CursorOptions {
  /** How many points there are. */
  count: number;
  /** Which point is at this distance from the chart's left and upper edge, in pixels. */
  at(x: number, y: number): number;
  /** What a point says, for those who hear it. */
  say(index: number): string;
  label: string;
  choose?: ((index: number) => void) | undefined;
  /** How far Page Up and Page Down go. */
  page?: number;
}

/** A chart through which one goes by mouse, finger or arrow keys: to a screen reader, a slider. */
export function useCursor({ count, at, say, label, choose, page = 10 }: CursorOptions): {
  index: number | null;
  properties: JSX.IntrinsicElements['div'];
} {
  const cursor = useSignal<number | null>(null);
  const clamp = (index: number) => Math.min(Math.max(0, index), count - 1);
  const index = cursor.value === null ? null : clamp(cursor.value);
  const underPointer = (event: {
    clientX: number;
    clientY: number;
    currentTarget: EventTarget;
  }) => {
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
    return clamp(at(event.clientX - left, event.clientY - top));
  };

  // Time goes to the right in all languages.
  const steps: Record<string, (from: number) => number> = {
    ArrowRight: (from) => from + 1,
    ArrowUp: (from) => from + 1,
    ArrowLeft: (from) => from - 1,
    ArrowDown: (from) => from - 1,
    PageUp: (from) => from + page,
    PageDown: (from) => from - page,
    Home: () => 0,
    End: () => count - 1,
  };

  return {
    index,
    properties: {
      role: 'slider',
      tabIndex: 0,
      dir: 'ltr',
      'aria-label': label,
      'aria-valuemin': 0,
      'aria-valuemax': Math.max(0, count - 1),
      'aria-valuenow': index ?? 0,
      'aria-valuetext': count === 0 ? '' : say(index ?? 0),
      onPointerMove: (event) => (cursor.value = underPointer(event)),
      onPointerLeave: (event) => {
        if (document.activeElement !== event.currentTarget) cursor.value = null;
      },
      onFocus: () => (cursor.value ??= 0),
      onBlur: () => (cursor.value = null),
      // A tap focuses before it clicks, and moves no pointer: what is under the finger is known only now.
      onClick: (event) => {
        cursor.value = underPointer(event);
        choose?.(cursor.value);
      },
      onKeyDown: (event) => {
        const { key } = event;
        if (key === 'Enter' && index !== null) choose?.(index);
        const step = steps[key];
        if (step === undefined) return;
        event.preventDefault();
        cursor.value = clamp(step(index ?? 0));
      },
    },
  };
}
