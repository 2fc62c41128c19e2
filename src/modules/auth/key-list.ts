import { importJWK, type JSONWebKeySet, type JWK } from 'jose';
import { isRecord } from '../../common/is-record.js';

/** Far more than a list of keys with their certificates has. */
const BYTES_MAXIMUM = 262_144;
const KEYS_MAXIMUM = 100;
/** For the whole answer, to its last byte. */
const TIMEOUT_MS = 3_000;
/** jose verifies with no shorter RSA key. A longer one would cost milliseconds a token. */
const RSA_BITS = { minimum: 2_048, maximum: 8_192 };

/** By RSA, or by the curve: the algorithm that such a key is for. */
const ALGORITHMS = new Map<unknown, string>([
  ['RSA', 'RS256'],
  ['P-256', 'ES256'],
  ['Ed25519', 'EdDSA'],
]);

/**
 * Fetches a list of public keys. Only keys that can verify tokens are in the result, at least one.
 * @throws Error when the answer is not such a list, is too large, is a redirect, or is not complete in time.
 */
export async function fetchKeyList(url: URL): Promise<JSONWebKeySet & { keys: JWK[] }> {
  const response = await fetch(url, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the key server answered with status ${response.status}`);
  }
  const list: unknown = JSON.parse(await boundedText(response));
  const entries = isRecord(list) && Array.isArray(list['keys']) ? (list['keys'] as unknown[]) : [];
  if (entries.length > KEYS_MAXIMUM) throw new Error(`more than ${KEYS_MAXIMUM} keys`);
  const usable = await Promise.all(entries.map(isUsable));
  const keys = entries.filter((_entry, index) => usable[index]) as JWK[];
  if (keys.length === 0) throw new Error('no key of the list can verify tokens');
  return { keys };
}

async function boundedText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early ends the connection.
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > BYTES_MAXIMUM) throw new Error(`more than ${BYTES_MAXIMUM} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** Whether it is a public key for one of our algorithms. Other keys in a list are no fault: they are not for us. */
async function isUsable(entry: unknown): Promise<boolean> {
  if (!isRecord(entry) || 'd' in entry || 'k' in entry) return false;
  const { kty, crv, use, alg } = entry;
  const algorithm = ALGORITHMS.get(kty === 'RSA' ? kty : crv);
  const isForUs = (use ?? 'sig') === 'sig' && (alg ?? algorithm) === algorithm;
  if (algorithm === undefined || !isForUs) return false;
  try {
    const key = await importJWK(entry as JWK, algorithm);
    return key instanceof CryptoKey && hasUsableSize(key);
  } catch {
    return false;
  }
}

function hasUsableSize({ algorithm }: CryptoKey): boolean {
  if (!('modulusLength' in algorithm)) return true;
  const bits = Number(algorithm.modulusLength);
  return bits >= RSA_BITS.minimum && bits <= RSA_BITS.maximum;
}
