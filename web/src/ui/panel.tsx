import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Asked } from '../api/use-figures.ts';
import { text } from '../i18n/text.ts';
import { saveCsv } from './csv.ts';
import { DataTable } from './data-table.tsx';
import { Failure } from './failure.tsx';
import { Stale } from './freshness.tsx';
import type { AnyTable } from './table.ts';

/** What a panel shows of its figures. */
export interface Exhibit {
  /** A sentence that says what is to be seen. */
  sentence?: ComponentChildren;
  /** What is drawn; without it, the table itself is shown. */
  chart?: ComponentChildren;
  table?: AnyTable;
  /** Below it: more rows, a legend. */
  below?: ComponentChildren;
}

/** Nothing to show, and why. */
export interface Nothing {
  nothing: ComponentChildren;
}

interface PanelProps<Data> {
  title: string;
  asked: Asked<Data>;
  /** What the skeleton keeps free, in pixels: nothing moves when the figures come. */
  height: number;
  show(data: Data): Exhibit | Nothing;
  /** The page has nothing else, and its own title says it all. */
  isOnly?: boolean;
}

/** A part of a page that has figures of its own, loads alone and fails alone. */
export function Panel<Data>({ title, asked, height, show, isOnly = false }: PanelProps<Data>) {
  const { data, asOf, isFormer, problem } = asked.figures.value;
  const isTable = useSignal(false);
  const id = useId();
  const shown = data === null ? null : show(data);
  const exhibit = shown !== null && !('nothing' in shown) ? shown : null;
  const { chart, table } = exhibit ?? {};

  return (
    <section
      class={`panel${isOnly ? ' only' : ''}${isFormer ? ' former-figures' : ''}`}
      aria-labelledby={id}
      aria-busy={(data === null || isFormer) && problem === null}
    >
      <header>
        <h2 id={id}>
          <span class={isOnly ? 'hidden' : undefined}>{title}</span>
        </h2>
        {asOf !== null && <Stale asOf={asOf} />}
        <div class="controls">
          {chart !== undefined && table && (
            <button
              type="button"
              class="quiet"
              aria-pressed={isTable.value}
              onClick={() => (isTable.value = !isTable.value)}
            >
              {text('panel.table')}
            </button>
          )}
          {table && (
            <button type="button" class="quiet" onClick={() => void saveCsv(table)}>
              {text('panel.csv')}
            </button>
          )}
        </div>
      </header>
      {exhibit?.sentence && <p class="sentence">{exhibit.sentence}</p>}
      {shown === null && problem === null && <Skeleton height={height} />}
      {shown === null && problem !== null && <Failure problem={problem} retry={asked.retry} />}
      {shown !== null && 'nothing' in shown && <p class="nothing">{shown.nothing}</p>}
      {exhibit && (isTable.value || chart === undefined) && table && (
        <DataTable table={table} label={title} />
      )}
      {exhibit && !isTable.value && chart}
      {exhibit?.below}
    </section>
  );
}

export function Skeleton({ height }: { height: number }) {
  return (
    <div
      class="skeleton"
      style={{ blockSize: `${height}px` }}
      role="status"
      aria-label={text('panel.loading')}
    />
  );
}
