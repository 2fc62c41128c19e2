import type { DocumentNode } from 'graphql';

/** Measured: 240 to 520 bytes for each token of a parsed document, and up to 590 with its compiled form and its shape. */
const TOKEN_BYTES = 800;
/** The compiled form's own, and prices by the size of its page. */
const DOCUMENT_BYTES = 4_096;
const CHARACTER_BYTES = 2;

/** An upper estimate of the bytes of memory that a parsed document, its text, its shape and its compiled form hold. */
export function documentBytes({ loc }: DocumentNode): number {
  const { source, startToken } = loc!;
  let tokens = 0;
  for (let token = startToken.next; token; token = token.next) tokens += 1;
  return DOCUMENT_BYTES + source.body.length * CHARACTER_BYTES + tokens * TOKEN_BYTES;
}
