import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { median } from '../security/requests.ts';

const LINES_MAXIMUM = 300;
const MEDIAN_MAXIMUM = 60;

const NOT_OURS = /(^|[\\/])(node_modules|dist|gql)$/;
const files = globSync('{src,sandbox,test,benchmark,scripts,packages,web}/**/*.{ts,tsx}', {
  exclude: (path) => NOT_OURS.test(path),
}).map((path) => ({
  file: path.replaceAll('\\', '/'),
  lines: readFileSync(path, 'utf8').split('\n').length - 1,
}));

it(`no file has more than ${LINES_MAXIMUM} lines: split it by what it is about`, () => {
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter(({ lines }) => lines > LINES_MAXIMUM)).toEqual([]);
});

it(`half of the files of src have ${MEDIAN_MAXIMUM} lines or fewer`, () => {
  const lines = files.filter(({ file }) => file.startsWith('src/')).map((one) => one.lines);
  expect(median(lines)).toBeLessThanOrEqual(MEDIAN_MAXIMUM);
});
