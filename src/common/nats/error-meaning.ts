import type { ErrorSigns } from './error-signs.js';

/**
 * What an error says about the requested record.
 * `absent`: in words, by a code or by a status, that there is none. `failing`: that something else went wrong, and
 * asking again may help. `generic`: nothing; NestJS says the same of a missing record and of a missing database.
 * `refused`: something else, in the peer's own words.
 */
export type ErrorMeaning = 'absent' | 'failing' | 'generic' | 'refused';

const ABSENT_STATUS = new Set([404, 410]);
const ABSENT_CODE =
  /^(?!connection|host|column|table)(\w*[a-z_])?(not_?found|no_?such_?\w+|does_?not_?exist|unknown_?(user|course|lesson))(error|exception)?$|^(P2025|P2001|P0002)$/i;
const ABSENT_TEXT = [
  /(?<![a-z])not[ _-]?found(?![a-z])/i,
  /[a-z]NotFound/,
  /\b(does|do|did)(n['’]t| not) exist\b|\bno longer exists?\b|\bno such\b|\bnon-?existent\b/i,
  /\bno (user|course|lesson|record|document|entity|result)s? (was |were )?(found|with|for)\b/i,
  /\bunknown (user|course|lesson|id)\b|\b(user|course|lesson) (is |was |has been )?(deleted|removed)\b/i,
  /introuvable|n['’]existe pas|non trouvée?|nicht gefunden|existiert nicht|no (se )?(ha )?(sido )?encontr|no existe/i,
  /não (foi )?encontrad|não existe|غير موجود|لم يتم العثور|не найден|не существует|不存在|未找到/i,
];

/** Too early, too many requests, or a timeout: a 4xx status, but not permanent. */
const PASSING_STATUS = new Set([408, 425, 429]);
/** Failures of systems behind the peer, and faults of its code: of Node, HTTP, gRPC, PostgreSQL, MongoDB, Prisma. */
const FAILING_CODE = [
  /INTERNAL|TIME_?D?_?OUT|UNAVAILABLE|OVERLOAD|RATE_LIMITED|TOO_?MANY|BAD_?GATEWAY|ECONN|EAI_AGAIN|CONNECTION/i,
  /^E(PIPE|TIMEDOUT|NOTFOUND|HOSTUNREACH|NETUNREACH|HOSTDOWN|NETDOWN|MFILE|NFILE|PROTO|NOENT|ADDR\w+)$/,
  /^(08\d\d[\dP]|08P01|25\d{3}|25P\d\d|40\d{3}|40P01|42P\d\d|42703|42883|53\d{3}|57\d{3}|57P0\d|58\d{3}|XX00\d)$/,
  /^(P10\d\d|P2024|P2028|P2034|P2037)$|^(Mongo(Network|ServerSelection|Topology)|PrismaClient(Init|Rust))/,
  /^(Type|Reference|Range|Syntax|QueryFailed|Aggregate|Empty)Error$/,
];
/** Said of what is behind the peer, or of its code. It decides also where the text says 'not found'. */
const FAILING_TEXT = [
  /ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|socket hang up|fetch failed/i,
  /\btim(e|ed)?[- ]?out\b|server selection|too many (connections|clients|requests)|deadlock|could not serialize/i,
  /connection[\w ]{0,40} (terminated|refused|reset|closed|lost|failed|timed|ended)|pool (is |was )?(exhausted|full|closed|destroyed)/i,
  /(can(not|['’]t| not)|could( not|n['’]t)|unable to|failed to) (connect|reach|acquire)/i,
  /\b(relation|table|column|database|schema|function|role|type|collection|index|view)\b.{0,80}\b(does not|doesn['’]t) exist|no such table/i,
  /cannot (read|set) propert|is not a (function|constructor)|is not (defined|iterable)\b|of (undefined|null)\b|\[object Object\]/i,
  /\bstatus( code)? 5\d\d\b|service (is )?(currently |temporarily )?unavailable|bad gateway/i,
  /\b(handler|method|route|service|server|module|file|host|provider|endpoint|connection|key|table|column) (was )?not[ _-]?found/i,
  /no matching message handler|no subscribers listening|no responders/i,
];
/** Words of a failure that say less: 'not found' beside them counts. */
const PASSING_TEXT =
  /internal|unavailable|overload|too many|temporar|try (it )?again|connection|unexpected|something went wrong|unknown error|outage|maintenance/i;
const GENERIC_TEXT = /^\W*internal[ _-]?server[ _-]?error\W*$/i;

const isPassingStatus = (status: number): boolean => status >= 500 || PASSING_STATUS.has(status);

/** Whether the error says that something failed, which may work later. */
export function saysFailing({ texts, codes, statuses }: ErrorSigns): boolean {
  return (
    statuses.some(isPassingStatus) ||
    codes.some(isFailingCode) ||
    texts.some((text) => isFailingText(text) || PASSING_TEXT.test(text))
  );
}

/** A status decides before a code, a code before words. */
export function meaningOf({ texts, codes, statuses }: ErrorSigns): ErrorMeaning {
  if (statuses.some(isPassingStatus)) return 'failing';
  if (statuses.some((status) => ABSENT_STATUS.has(status))) return 'absent';
  if (codes.some(isFailingCode)) return 'failing';
  if (codes.some((code) => ABSENT_CODE.test(code))) return 'absent';
  if (texts.some(isFailingText)) return 'failing';
  if (texts.some((text) => ABSENT_TEXT.some((pattern) => pattern.test(text)))) return 'absent';
  if (texts.length > 0 && texts.every((text) => GENERIC_TEXT.test(text))) return 'generic';
  if (texts.length + codes.length + statuses.length === 0) return 'generic';
  return texts.some((text) => PASSING_TEXT.test(text)) ? 'failing' : 'refused';
}

const isFailingCode = (code: string): boolean => FAILING_CODE.some((pattern) => pattern.test(code));
const isFailingText = (text: string): boolean => FAILING_TEXT.some((pattern) => pattern.test(text));
