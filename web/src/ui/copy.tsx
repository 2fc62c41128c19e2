import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { text } from '../i18n/text.ts';

const SHOWN_MS = 1_500;

interface CopyProps {
  content: string;
  label: string;
  /** Beside the sign; without it, the label is a hint. */
  children?: ComponentChildren;
}

/** Copies the text that stands before it, or what its table is about. A frame may not be allowed to: then that is selected, for the reader's own keys. */
export function Copy({ content, label, children }: CopyProps) {
  const isCopied = useSignal(false);
  const copy = async (button: HTMLButtonElement) => {
    try {
      await navigator.clipboard.writeText(content);
      isCopied.value = true;
      setTimeout(() => (isCopied.value = false), SHOWN_MS);
    } catch {
      getSelection()?.selectAllChildren(
        button.previousElementSibling ?? button.closest('section')!.querySelector('tbody')!,
      );
    }
  };
  return (
    <button
      type="button"
      class="quiet copy"
      aria-label={label}
      title={label}
      onClick={({ currentTarget }) => void copy(currentTarget)}
    >
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <path d={isCopied.value ? 'M2 7.5l3.5 3.5 6.5-8' : 'M4.5 4.5h7v8h-7zM2.5 9.5v-8h7'} />
      </svg>
      {children}
      <span class="hidden" role="status">
        {isCopied.value && text('copy.done')}
      </span>
    </button>
  );
}
