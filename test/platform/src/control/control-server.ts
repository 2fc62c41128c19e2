import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { COMMANDS, type Commands } from '../contract.js';
import type { Control } from './control.js';

type Command = (...args: unknown[]) => unknown;

/**
 * `POST /<command>` with a JSON array of arguments: 200 with its result, 400 with the reason as text. Over HTTP, so that
 * it works while NATS is away.
 * @returns the port, on 127.0.0.1
 */
export function listen(control: Control): Promise<number> {
  const server = createServer((request, response) => {
    run(control, request)
      .then((result) => response.end(JSON.stringify(result ?? null)))
      .catch((error: Error) => response.writeHead(400).end(error.message));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function run(control: Control, request: IncomingMessage): Promise<unknown> {
  const name = request.url?.slice(1) as keyof Commands;
  if (!COMMANDS.includes(name)) throw new Error(`No command '${name}'`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const args = JSON.parse(Buffer.concat(chunks).toString()) as unknown[];
  return (control[name] as Command).apply(control, args);
}
