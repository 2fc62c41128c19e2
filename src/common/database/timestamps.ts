import pg from 'pg';

const TIMESTAMPTZ = pg.types.builtins.TIMESTAMPTZ;
/** `2026-11-25 16:00:00.123456+00`: what PostgreSQL writes where the session's time zone is UTC. */
const LENGTH_MINIMUM = '2026-11-25 16:00:00+00'.length;
const MILLISECOND_DIGITS = 3;

const usual = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => Date;

/**
 * The type parsers of `pg`, but with our own for `timestamptz`: `pg` runs three regular expressions for each value, and
 * a record has five of them. Values in another form are still parsed by `pg`.
 */
export const timestampTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === TIMESTAMPTZ && format !== 'binary'
      ? parseTimestamp
      : pg.types.getTypeParser(oid, format),
};

/** To the millisecond; finer digits are cut off. */
export function parseTimestamp(text: string): Date {
  return isUsual(text)
    ? new Date(
        Date.UTC(
          two(text, 0) * 100 + two(text, 2),
          two(text, 5) - 1,
          two(text, 8),
          two(text, 11),
          two(text, 14),
          two(text, 17),
          milliseconds(text),
        ),
      )
    : usual(text);
}

function isUsual(text: string): boolean {
  return (
    text.length >= LENGTH_MINIMUM &&
    // Date.UTC takes the years 0 to 99 for 1900 to 1999.
    text[0] !== '0' &&
    text[4] === '-' &&
    text[10] === ' ' &&
    text.endsWith('+00')
  );
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;
const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

function milliseconds(text: string): number {
  const end = text.length - '+00'.length;
  let value = 0;
  for (let place = 0; place < MILLISECOND_DIGITS; place += 1) {
    const at = '2026-11-25 16:00:00.'.length + place;
    value = value * 10 + (at < end ? digit(text, at) : 0);
  }
  return value;
}
