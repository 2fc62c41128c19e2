import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { statements } from '../database/all-statements.ts';
import { breaksBuiltIn } from '../support/analytics/controls/break-on-purpose.ts';
import { BREAKS, isOfFile } from '../support/analytics/controls/breaks.ts';
import { FOUND_BY } from '../support/analytics/controls/found-by.ts';

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

const broken = new Set(
  Object.values(BREAKS)
    .flatMap((edits) => edits.filter(isOfFile))
    .map(({ file }) => file),
);

it.each([...broken])(
  '%s can be loaded with the breaks in it: else no control would run',
  (file) => {
    const path = `src/modules/analytics/${file}`;
    const transform = breaksBuiltIn.transform as (code: string, id: string) => string | undefined;
    const built = transform(readFileSync(path, 'utf8'), `/${path}`);
    const { diagnostics } = ts.transpileModule(built!, { reportDiagnostics: true });
    expect(diagnostics!.map(({ messageText }) => messageText)).toEqual([]);
  },
);

it('each break says by which figure it must be found', () => {
  expect(Object.keys(FOUND_BY).toSorted()).toEqual(Object.keys(BREAKS).toSorted());
});
