/** Something that events are fired at: an `EventTarget`, or what imitates one. */
export interface Source {
  addEventListener(
    type: string,
    listener: (event: Event) => void,
    options?: { capture: boolean },
  ): void;
  removeEventListener(
    type: string,
    listener: (event: Event) => void,
    options?: { capture: boolean },
  ): void;
}

/** Listens, at a window also to events of its document that do not bubble. @returns how to stop listening */
export function listen(
  source: Source,
  listeners: Record<string, (event: never) => unknown>,
): () => void {
  const entries = Object.entries(listeners) as [string, (event: Event) => void][];
  // Node removes nothing for a plain `true`.
  const options = { capture: true };
  for (const entry of entries) source.addEventListener(...entry, options);
  return () => {
    for (const entry of entries) source.removeEventListener(...entry, options);
  };
}
