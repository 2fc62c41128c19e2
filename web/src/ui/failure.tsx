import { FORBIDDEN, UNREACHABLE, type Problem } from '../api/problem.ts';
import { text } from '../i18n/text.ts';

/** Why there are no figures, and a way to ask again. */
export function Failure({ problem, retry }: { problem: Problem; retry(): void }) {
  return (
    <div class="failure" role="alert">
      <p>{reason(problem)}</p>
      {problem.code !== FORBIDDEN && (
        <button type="button" onClick={retry}>
          {text('panel.retry')}
        </button>
      )}
    </div>
  );
}

function reason({ code, state, message }: Problem): string {
  if (state === 'NOT_BUILT') return text('problem.notBuilt');
  if (code === UNREACHABLE || message === '') return text('problem.unreachable');
  return message;
}
