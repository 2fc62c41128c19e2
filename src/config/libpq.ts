type Present = Readonly<Record<string, string | undefined>>;

const DEMANDS_TLS = ['require', 'verify-ca', 'verify-full'];
const FILES = ['PGSSLROOTCERT', 'PGSSLCERT', 'PGSSLKEY'];

/** What libpq's clients can be told to insist on, and this service cannot. */
const UNSUPPORTED: Readonly<Record<string, (value: string) => boolean>> = {
  PGREQUIRESSL: (value) => value === '1',
  PGCHANNELBINDING: (value) => value === 'require',
  PGGSSENCMODE: (value) => value === 'require',
  PGREQUIREAUTH: () => true,
  PGREQUIREPEER: () => true,
  PGSSLCRL: () => true,
  PGSSLCRLDIR: () => true,
  PGSSLMINPROTOCOLVERSION: () => true,
  PGSSLPASSWORD: () => true,
};

/** Whether PGSSLMODE asks for TLS. It is then checked in full, whichever of the three modes it names. */
export function demandsTls({ PGSSLMODE: mode = '' }: Present): boolean {
  return DEMANDS_TLS.includes(mode);
}

/**
 * What other clients of PostgreSQL read, and what would be ignored here: a connection that is to be protected is never
 * in plain text without a word. @returns one line a variable
 */
export function libpqProblems(present: Present): string[] {
  const problems = Object.entries(UNSUPPORTED)
    .filter(([name, isDemand]) => present[name] !== undefined && isDemand(present[name]))
    .map(([name]) => `${name} is not supported: this service cannot keep what it demands`);
  const isOff = ['false', '0', undefined].includes(present['DB_SSL']);
  if (demandsTls(present) && isOff) problems.push('DB_SSL is not valid: PGSSLMODE asks for TLS');
  if (isOff && !demandsTls(present)) {
    const unused = FILES.filter((name) => present[name] !== undefined);
    problems.push(...unused.map((name) => `${name} is for TLS: set DB_SSL=true or PGSSLMODE, too`));
  }
  return problems;
}
