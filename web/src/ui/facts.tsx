import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';

export interface Fact {
  name: string;
  /** Of which time it is. */
  span?: string | undefined;
  /** The exact value, and how it is written. */
  value: number | null;
  shown: ComponentChildren;
  /** What it is compared with. */
  beside?: ComponentChildren;
  /** A fact that chooses what is drawn below it. */
  href?: string;
  isChosen?: boolean;
}

/** A row of large figures. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  useLocation();
  return (
    <ul class="facts">
      {facts.map(({ name, span, value, shown, beside, href, isChosen }) => {
        const content = (
          <>
            <span class="of">
              <span class="name">{name}</span>{' '}
              {span !== undefined && <span class="span">{span}</span>}
            </span>
            <data class="value" value={value ?? ''}>
              {shown}
            </data>
            {beside !== undefined && <span class="beside">{beside}</span>}
          </>
        );
        return (
          <li>
            {href === undefined ? (
              <div class="fact">{content}</div>
            ) : (
              <a class="fact" href={href} aria-current={isChosen ? 'true' : undefined}>
                {content}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
