import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { statements } from '../database/all-statements.ts';
import { BREAKS, isOfFile } from '../support/analytics/controls/breaks.ts';

it.each(Object.entries(BREAKS))(
  'the break “%s” still finds what it breaks: else its control would prove nothing',
  (_name, edits) => {
    for (const edit of edits) {
      const text = isOfFile(edit)
        ? readFileSync(`src/modules/analytics/${edit.file}`, 'utf8')
        : statements.find(({ name }) => name === edit.statement)?.text;
      expect(text).toContain(edit.from);
    }
  },
);
