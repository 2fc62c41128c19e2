/** PostgreSQL's constant for the beginning of a hash. */
const BEGINNING = 0x9e3779b9 + 3_923_095;

/**
 * The hash of a text as PostgreSQL makes it (`hashtext`, Bob Jenkins' lookup3), and by which Citus finds a row's shard.
 * A signed integer of 32 bits.
 */
export function textHash(text: string): number {
  const bytes = Buffer.from(text);
  const beginning = (BEGINNING + bytes.length) | 0;
  const hash: Hash = { a: beginning, b: beginning, c: beginning };
  let at = 0;
  for (; bytes.length - at >= 12; at += 12) {
    hash.a = (hash.a + bytes.readInt32LE(at)) | 0;
    hash.b = (hash.b + bytes.readInt32LE(at + 4)) | 0;
    hash.c = (hash.c + bytes.readInt32LE(at + 8)) | 0;
    mix(hash);
  }
  addRest(hash, bytes.subarray(at));
  finish(hash);
  return hash.c;
}

interface Hash {
  a: number;
  b: number;
  c: number;
}

/** The last 0 to 11 bytes. The lowest byte of `c` is that of the length. */
function addRest(hash: Hash, rest: Buffer): void {
  rest.forEach((byte, index) => {
    if (index < 4) hash.a = (hash.a + (byte << (8 * index))) | 0;
    else if (index < 8) hash.b = (hash.b + (byte << (8 * (index - 4)))) | 0;
    else hash.c = (hash.c + (byte << (8 * (index - 7)))) | 0;
  });
}

const turned = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

function mix(hash: Hash): void {
  let { a, b, c } = hash;
  a = ((a - c) | 0) ^ turned(c, 4);
  c = (c + b) | 0;
  b = ((b - a) | 0) ^ turned(a, 6);
  a = (a + c) | 0;
  c = ((c - b) | 0) ^ turned(b, 8);
  b = (b + a) | 0;
  a = ((a - c) | 0) ^ turned(c, 16);
  c = (c + b) | 0;
  b = ((b - a) | 0) ^ turned(a, 19);
  a = (a + c) | 0;
  c = ((c - b) | 0) ^ turned(b, 4);
  b = (b + a) | 0;
  Object.assign(hash, { a, b, c });
}

function finish(hash: Hash): void {
  let { a, b, c } = hash;
  c = ((c ^ b) - turned(b, 14)) | 0;
  a = ((a ^ c) - turned(c, 11)) | 0;
  b = ((b ^ a) - turned(a, 25)) | 0;
  c = ((c ^ b) - turned(b, 16)) | 0;
  a = ((a ^ c) - turned(c, 4)) | 0;
  b = ((b ^ a) - turned(a, 14)) | 0;
  c = ((c ^ b) - turned(b, 24)) | 0;
  Object.assign(hash, { a, b, c });
}
