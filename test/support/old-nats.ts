import { connect, createServer, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** What the server of nats-streaming 0.17 (NATS 2.1) announces. It has neither headers nor JetStream. */
const OLD_SERVER = { version: '2.1.4', proto: 1 };
const KNOWN_TO_OLD = [
  'server_id',
  'server_name',
  'go',
  'host',
  'port',
  'max_payload',
  'client_id',
  'client_ip',
];
const UNKNOWN_TO_OLD = ['headers', 'no_responders'];

export interface OldNats {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A nats-server that behaves like one before headers and 'no responders'. To clients, the proxy announces neither; to
 * the server, no client supports them. So the server refuses headers (`HPUB`), and does not answer requests without a
 * listener.
 */
export async function startOldNats(server: { port: number }): Promise<OldNats> {
  const open = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(server.port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    far.pipe(rewriteFirstLine('INFO', asOld)).pipe(near);
    near.pipe(rewriteFirstLine('CONNECT', fromOld)).pipe(far);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as { port: number };
  return {
    url: `nats://127.0.0.1:${port}`,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

type Fields = Record<string, unknown>;

const asOld = (info: Fields): Fields => ({
  ...Object.fromEntries(KNOWN_TO_OLD.map((name) => [name, info[name]])),
  ...OLD_SERVER,
});

const fromOld = (options: Fields): Fields =>
  Object.fromEntries(Object.entries(options).filter(([name]) => !UNKNOWN_TO_OLD.includes(name)));

/** Both sides begin with a line `<operation> <JSON>`. Everything after it passes unchanged. */
function rewriteFirstLine(operation: string, rewrite: (fields: Fields) => Fields): Transform {
  let begun: string | null = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      if (begun === null) return done(null, chunk);
      begun += chunk.toString('latin1');
      const end = begun.indexOf('\r\n');
      if (end === -1) return done();
      const [line, rest] = [begun.slice(0, end), begun.slice(end)];
      begun = null;
      if (!line.startsWith(`${operation} `)) return done(new Error(`not ${operation}: ${line}`));
      const fields = JSON.parse(line.slice(operation.length)) as Fields;
      this.push(`${operation} ${JSON.stringify(rewrite(fields))}`);
      done(null, Buffer.from(rest, 'latin1'));
    },
  });
}
