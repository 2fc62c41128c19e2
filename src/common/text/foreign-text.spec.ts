import { describe, expect, it } from 'vitest';
import { cleanReason, cleanText } from './foreign-text.js';

describe('cleanText', () => {
  it.each([
    ['banned\u0000', 'banned'],
    ['a\u0000b', 'a b'],
    ['two\r\nlines', 'two lines'],
    ['half \ud83d of a pair', 'half   of a pair'],
    ['the other half \ude00', 'the other half'],
    ['turned \u202Earound', 'turned  around'],
    ['Prénom 日本 😀', 'Prénom 日本 😀'],
  ])('makes %j fit to be stored', (text, clean) => {
    expect(cleanText(text, 100)).toBe(clean);
  });

  it('cuts no pair in half', () => {
    expect(cleanText(`${'x'.repeat(9)}😀`, 10)).toBe('x'.repeat(9));
    expect(cleanText(`${'x'.repeat(8)}😀y`, 10)).toBe(`${'x'.repeat(8)}😀`);
  });
});

describe('cleanReason', () => {
  it.each([
    ['connect postgres://svc:hunter2@db/x', 'connect postgres://[secret]@db/x'],
    ['refused: Bearer abc.def-ghi_jkl', 'refused: Bearer [secret]'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl expired', 'jwt [secret] expired'],
    ['login failed, password=hunter2, again', 'login failed, password=[secret], again'],
    ['{"token":"abc123"}', '{"token":"[secret]"}'],
    ['No name for <jane.doe+x@mail.example>.', 'No name for <[e-mail]>.'],
  ])('keeps what is private out of %j', (text, clean) => {
    expect(cleanReason(text, 200)).toBe(clean);
  });

  it('is short, and quick with a text of a megabyte', () => {
    const begun = performance.now();
    expect(cleanReason('a@'.repeat(500_000), 200).length).toBeLessThanOrEqual(200);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
