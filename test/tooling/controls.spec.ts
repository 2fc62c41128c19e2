import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { BREAKS } from '../resilience/controls/breaks.ts';

const { config } = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file)) as {
  config: { compilerOptions: object };
};
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');

/** What the compiler makes of a source file, without its types. */
const built = (file: string): string =>
  ts.transpileModule(readFileSync(`src/${file.replace(/\.js$/, '.ts')}`, 'utf8'), {
    compilerOptions: { ...options, module: ts.ModuleKind.ESNext },
  }).outputText;

it.each(Object.entries(BREAKS))(
  'the break “%s” still finds what it breaks: else its control would prove nothing',
  (_name, edits) => {
    for (const { file, from } of edits) expect(built(file), file).toContain(from);
  },
);
