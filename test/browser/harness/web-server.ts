import fastifyStatic from '@fastify/static';
import fastify, { type FastifyReply } from 'fastify';
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { Line } from './line.ts';

const HERE = import.meta.dirname;
const ROOT = join(HERE, '..', '..', '..');
const MEDIA = join(HERE, 'media');
const LESSON = join(ROOT, 'sandbox', 'lesson', 'page');
const FOLDERS = [join(HERE, 'page'), MEDIA, LESSON, join(ROOT, 'packages', 'player', 'dist')];

export interface WebServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** The network of one learner: the service at `/graphql/<name>`. */
  line(name: string): Line;
  close(): Promise<void>;
}

/**
 * Serves the pages of tests, and the service behind lines that can be made to fail.
 * @param examples the folder of the built examples, which find the service where the service itself has it
 */
export async function startWebServer(graphqlUrl: string, examples?: string): Promise<WebServer> {
  const server = fastify({ bodyLimit: 1_048_576, forceCloseConnections: true });
  const lines = new Map<string, Line>();
  const line = (name: string): Line => {
    const known = lines.get(name) ?? new Line(graphqlUrl);
    lines.set(name, known);
    return known;
  };

  await server.register(fastifyStatic, { root: examples ? [examples] : FOLDERS });
  await server.register(fastifyStatic, {
    root: LESSON,
    prefix: '/userProgress/demo/',
    decorateReply: false,
  });
  server.post('/userProgress/graphql', (request, reply) => line('').carry(request, reply));
  server.post('/graphql/:line', async (request, reply) => {
    const { line: name } = request.params as { line: string };
    await line(name).carry(request, reply);
  });
  server.get('/held/:line', (request, reply) => sendHeld(reply, line(pick(request.params))));
  server.post('/elsewhere', async (_request, reply) => reply.send({}));
  const origin = await server.listen({ port: 0, host: '127.0.0.1' });
  return { origin, line, close: () => server.close() };
}

const pick = (parameters: unknown): string => (parameters as { line: string }).line;

/** The beginning of the clip, of which the rest comes when the line lets it. */
async function sendHeld(reply: FastifyReply, line: Line): Promise<void> {
  const path = join(MEDIA, 'clip.webm');
  const end = 300;
  reply.hijack();
  reply.raw.writeHead(200, { 'content-type': 'video/webm', 'content-length': statSync(path).size });
  await pipe(path, { end: end - 1 }, reply);
  await line.released;
  await pipe(path, { start: end }, reply);
  reply.raw.end();
}

async function pipe(path: string, range: object, reply: FastifyReply): Promise<void> {
  for await (const chunk of createReadStream(path, range)) reply.raw.write(chunk);
}
