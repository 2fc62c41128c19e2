/**
 * Characters of a foreign text that are not safe to store or show. PostgreSQL refuses U+0000 and half a surrogate pair.
 * Control characters, and those that change the writing direction, can make a line show something that is not in it.
 */
const UNFIT = /[\p{Cc}\p{Surrogate}\u2028-\u202E\u2066-\u2069]+/gu;
const HIGH_SURROGATE = /[\uD800-\uDBFF]$/;

/** The first `length` UTF-16 units of a text, as one well-formed line. Unsafe characters become spaces. */
export function cleanText(text: string, length: number): string {
  const cut = text.slice(0, length).replace(HIGH_SURROGATE, '');
  return cut.replace(UNFIT, ' ').trim();
}

/** Secrets and personal data that an error text may contain, and their replacements. */
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

/** How many characters are searched for private data. A peer's reply may have a megabyte. */
const SEARCHED_LENGTH = 2_000;

/**
 * Like `cleanText`, for another service's reason, which is stored, shown and logged. Removes secrets and e-mail
 * addresses.
 */
export function cleanReason(text: string, length: number): string {
  const impersonal = PRIVATE.reduce(
    (reason, [pattern, instead]) => reason.replace(pattern, instead),
    cleanText(text, SEARCHED_LENGTH),
  );
  return cleanText(impersonal, length);
}
