/**
 * Text that others wrote, made fit to be stored and shown. PostgreSQL refuses U+0000 and half a surrogate pair; control
 * characters, and those that turn the direction of writing, make a line say what is not in it.
 */
const UNFIT = /[\p{Cc}\p{Surrogate}\u2028-\u202E\u2066-\u2069]+/gu;
const HIGH_SURROGATE = /[\uD800-\uDBFF]$/;

/** The first `length` UTF-16 units of a text, as one well-formed line: what is not fit becomes a space. */
export function cleanText(text: string, length: number): string {
  const cut = text.slice(0, length).replace(HIGH_SURROGATE, '');
  return cut.replace(UNFIT, ' ').trim();
}

/** What a failure may carry along that is nobody else's business, and what is put in its place. */
const PRIVATE: readonly (readonly [RegExp, string])[] = [
  [/(\w{2,20}:\/\/)[^\s/@]{1,200}@/g, '$1[secret]@'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [secret]'],
  [/\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g, '[secret]'],
  [
    /\b(pass(?:word|wd)?|pwd|secret|token|api[-_]?key)(["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi,
    '$1$2[secret]',
  ],
  [/[^\s@<>"'(),;:]{1,64}@[\p{L}\p{N}-]{1,63}(\.[\p{L}\p{N}-]{1,63}){1,8}/gu, '[e-mail]'],
];

/** Looked through for what is private: a peer's reply may be a megabyte. */
const SEARCHED_LENGTH = 2_000;

/** The same of a reason that another service gave, which is stored, shown and logged: without secrets and addresses. */
export function cleanReason(text: string, length: number): string {
  const impersonal = PRIVATE.reduce(
    (reason, [pattern, instead]) => reason.replace(pattern, instead),
    cleanText(text, SEARCHED_LENGTH),
  );
  return cleanText(impersonal, length);
}
