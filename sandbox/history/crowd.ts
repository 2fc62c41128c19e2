import { SANDBOX, type SandboxUser } from '../catalogue.ts';
import { Random } from './behaviour/random.ts';

const CROWD_SIZE = 4_000;
const SEED = 1;
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The beginning of an id: when the users signed up. */
const SIGNED_UP = '01JDC9';
/** Digits of the learner's number, which make each id different, and of chance. */
const NUMBER_DIGITS = 4;
const RANDOM_DIGITS = 16;
const FIRST_NAMES =
  'Aisha Ben Chloé Dmitri Elif Farid Greta Hiro Inés Jamal Kofi Leyla Mei Nils Olu Priya';
const LAST_NAMES =
  'Abbas Berg Costa Diallo Eriksen Fontaine Greco Haas Ito Jansen Khan Lopez Mwangi Novak';

/** Learners with a history, beside the sandbox's own. */
export const CROWD: readonly SandboxUser[] = Array.from({ length: CROWD_SIZE }, (_, index) =>
  learner(index + 1),
);

/** The sandbox's own learner first, then the crowd. */
export const PAST_LEARNERS: readonly SandboxUser[] = [SANDBOX.learners[0]!, ...CROWD];

function learner(number: number): SandboxUser {
  const random = new Random(SEED, number);
  const one = (names: string) => random.weighted(names.split(' '), () => 1);
  const [firstName, lastName] = [one(FIRST_NAMES), one(LAST_NAMES)];
  return {
    id: idOf(number, random),
    email: `learner-${number}@sandbox.example`,
    role: 'user',
    firstName,
    lastName,
  };
}

/** A ULID. */
function idOf(number: number, random: Random): string {
  const digit = (value: number) => DIGITS[value % DIGITS.length]!;
  const digits = (count: number, value: (at: number) => number) =>
    Array.from({ length: count }, (_, at) => digit(value(at))).join('');
  const numbered = digits(NUMBER_DIGITS, (at) =>
    Math.floor(number / DIGITS.length ** (NUMBER_DIGITS - 1 - at)),
  );
  return SIGNED_UP + numbered + digits(RANDOM_DIGITS, () => random.between(0, DIGITS.length - 1));
}
