import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Around a table that may be wider than the screen: then it is scrolled, also by keyboard, and an edge that hides something is faded. */
export function ScrollFrame({ label, children }: { label: string; children: ComponentChildren }) {
  const scroller = useRef<HTMLDivElement>(null);
  const before = useSignal(false);
  const after = useSignal(false);
  useLayoutEffect(() => {
    const element = scroller.current!;
    const look = () => {
      // Below zero where the page is mirrored.
      const hidden = Math.abs(element.scrollLeft);
      before.value = hidden > 1;
      after.value = hidden + element.clientWidth < element.scrollWidth - 1;
    };
    const observer = new ResizeObserver(look);
    for (const one of [element, ...element.children]) observer.observe(one);
    element.addEventListener('scroll', look, { passive: true });
    return () => observer.disconnect();
  }, []);
  return (
    <div
      class={`table-frame${before.value ? ' more-before' : ''}${after.value ? ' more-after' : ''}`}
    >
      <div
        ref={scroller}
        class="scroller"
        role="group"
        aria-label={label}
        tabIndex={before.value || after.value ? 0 : undefined}
      >
        {children}
      </div>
    </div>
  );
}
