import { Lexer, Source, TokenKind, type Token } from 'graphql';
import { PRICED_ARGUMENTS } from '../query-cost.js';

const LITERALS: ReadonlySet<string> = new Set([
  TokenKind.INT,
  TokenKind.FLOAT,
  TokenKind.STRING,
  TokenKind.BLOCK_STRING,
]);

/** The tokens of a document, without comments; null when it is no GraphQL. */
export function tokensOf(text: string): Token[] | null {
  const lexer = new Lexer(new Source(text));
  const tokens: Token[] = [];
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      tokens.push(token);
    }
  } catch {
    return null;
  }
  return tokens;
}

/** Numbers and strings that documents of one shape may have differently. Enums, true, false and null are names. */
export const isLiteral = (tokens: readonly Token[], index: number): boolean =>
  LITERALS.has(tokens[index]!.kind) && !isPrice(tokens, index);

/**
 * The document as one text in which each number and string is replaced by its kind: the same for documents that differ
 * in nothing else than these, in spaces and in comments.
 */
export const shapeOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token, index) => (isLiteral(tokens, index) ? token.kind : (token.value ?? token.kind)))
    .join(' ');

/** What an operation costs belongs to the shape, so the numbers that decide it do. */
function isPrice(tokens: readonly Token[], index: number): boolean {
  return (
    tokens[index]!.kind === TokenKind.INT &&
    tokens[index - 1]?.kind === TokenKind.COLON &&
    PRICED_ARGUMENTS.includes(tokens[index - 2]?.value ?? '')
  );
}
