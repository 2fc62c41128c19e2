import { expect, it } from 'vitest';
import { SealedCursor } from './sealed-cursor.js';

const cursors = new SealedCursor('a secret', 'a list');
const position = Buffer.from('somewhere');
const sealed = cursors.seal(position, ['Lena', { status: 'PARKED' }]);

it('gives back the position, for what it was made for', () => {
  expect(cursors.open(sealed, ['Lena', { status: 'PARKED' }])).toEqual(position);
});

it.each([
  ['another person', () => cursors.open(sealed, ['Mateo', { status: 'PARKED' }])],
  ['another filter', () => cursors.open(sealed, ['Lena', {}])],
  [
    'another list',
    () => new SealedCursor('a secret', 'another').open(sealed, ['Lena', { status: 'PARKED' }]),
  ],
  [
    'another secret',
    () => new SealedCursor('guessed', 'a list').open(sealed, ['Lena', { status: 'PARKED' }]),
  ],
  [
    'a position put in by hand',
    () => cursors.open(`${sealed}AAAA`, ['Lena', { status: 'PARKED' }]),
  ],
  [
    'the same bytes, written otherwise',
    () => cursors.open(`${sealed}=`, ['Lena', { status: 'PARKED' }]),
  ],
  ['too few bytes', () => cursors.open('AAAA', ['Lena', { status: 'PARKED' }])],
  ['nothing', () => cursors.open('', ['Lena', { status: 'PARKED' }])],
])('is refused for %s', (_case, open) => {
  expect(open).toThrow('cursorInvalid');
});
