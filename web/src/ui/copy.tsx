import { useSignal } from '@preact/signals';
import { text } from '../i18n/text.ts';

const SHOWN_MS = 1_500;

/** Copies a text that stands before it. A frame may not be allowed to: then the text is selected, for the reader's own keys. */
export function Copy({ content, label }: { content: string; label: string }) {
  const isCopied = useSignal(false);
  const copy = async (button: HTMLButtonElement) => {
    try {
      await navigator.clipboard.writeText(content);
      isCopied.value = true;
      setTimeout(() => (isCopied.value = false), SHOWN_MS);
    } catch {
      getSelection()?.selectAllChildren(button.previousElementSibling!);
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
      <span class="hidden" role="status">
        {isCopied.value && text('copy.done')}
      </span>
    </button>
  );
}
