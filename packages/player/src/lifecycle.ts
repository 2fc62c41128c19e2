/** What happens to a page, as far as it matters for what waits to be sent. */
export interface Lifecycle {
  /** The page may never run again. What is to be sent must be sent before this returns. */
  hidden(): void;
  frozen(): void;
  left(): void;
  /** The page was left, kept by the browser, and is there again. */
  back(): void;
  online(): void;
}

/** @returns how to stop listening */
export function followPage({ hidden, frozen, left, back, online }: Lifecycle): () => void {
  const heard: [EventTarget, string, (event: Event) => void][] = [
    [document, 'visibilitychange', () => document.visibilityState === 'hidden' && hidden()],
    // It is fired at the document, not at the window.
    [document, 'freeze', frozen],
    [window, 'pagehide', left],
    [window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && back()],
    [window, 'online', online],
  ];
  for (const [target, type, listener] of heard) target.addEventListener(type, listener);
  return () => {
    for (const [target, type, listener] of heard) target.removeEventListener(type, listener);
  };
}
