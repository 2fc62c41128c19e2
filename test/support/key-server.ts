import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A key server whose list of keys a test changes, or whose answers it takes over. */
export interface KeyServer {
  readonly url: string;
  /** How often it was asked. */
  asked: number;
  /** The keys that it publishes, by id. */
  readonly published: Map<string, JWK>;
  /** Answers instead of the list. */
  answer: RequestListener | null;
  /** Makes an ES256 key, and publishes it. */
  publish(kid: string): Promise<void>;
  /** A token of a key that was published at some time. */
  sign(kid: string, claims?: { sub?: string; exp?: number }): Promise<string>;
  close(): void;
}

export async function startKeyServer(): Promise<KeyServer> {
  const privateKeys = new Map<string, CryptoKey>();
  const server = createServer((request, response) => {
    keyServer.asked += 1;
    if (keyServer.answer) return void keyServer.answer(request, response);
    const list = JSON.stringify({ keys: [...keyServer.published.values()] });
    response.writeHead(200, { 'content-type': 'application/json' }).end(list);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const keyServer: KeyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked: 0,
    published: new Map(),
    answer: null,
    async publish(kid) {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      privateKeys.set(kid, privateKey);
      keyServer.published.set(kid, { ...(await exportJWK(publicKey)), kid, use: 'sig' });
    },
    sign: (kid, { sub = 'me', exp = Math.floor(Date.now() / 1_000) + 86_400 } = {}) =>
      new SignJWT({ sub, role: 'user', exp })
        .setProtectedHeader({ alg: 'ES256', kid })
        .sign(privateKeys.get(kid)!),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return keyServer;
}
