import type { FastifyInstance, FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Environment } from '../config/environment.js';
import { GRAPHQL_PATH } from '../common/request/graphql-path.js';
import { wantsPage } from './wants-page.js';

const TITLE = 'User progress';

interface Page {
  html: string;
  policy: string;
}

/**
 * Shows GraphiQL to browsers that open the API's address. All its files are ours: no network is needed. Its content
 * security policy allows its one script by hash; the editor's workers are made from blobs.
 */
export function registerGraphiql(server: FastifyInstance, environment: Environment): void {
  if (!isGraphiqlOn(environment)) return;
  /** By the path that the browser opened: behind an ingress, it may be the only path that leads here. */
  const pages = new Map<string, Promise<Page>>();
  server.addHook('preHandler', async (request, reply) => {
    if (!wantsPage(request)) return;
    const opened = request.originalUrl.split('?', 1)[0]!;
    const endpoint = environment.GRAPHQL_PATHS.includes(opened) ? opened : GRAPHQL_PATH;
    const page = pages.get(endpoint) ?? render(environment, endpoint);
    pages.set(endpoint, page);
    const { html, policy } = await page;
    await send(reply, html, policy);
  });
}

export function isGraphiqlOn({ GRAPHIQL, NODE_ENV }: Environment): boolean {
  return GRAPHIQL === 'auto' ? NODE_ENV !== 'production' : GRAPHIQL === 'true';
}

async function send(reply: FastifyReply, html: string, policy: string): Promise<void> {
  await reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html);
}

/** Imports GraphiQL at first use: it has several megabytes, which production never needs. */
async function render(environment: Environment, endpoint: string): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: TITLE,
    endpoint,
    ...(await presets(environment)),
  });
  return { html, policy: policyFor(html) };
}

/** A token and examples to start with, for developers only. */
async function presets(
  environment: Environment,
): Promise<{ headers?: string; defaultQuery?: string }> {
  if (environment.NODE_ENV === 'production') return {};
  const { GRAPHIQL_DEFAULT_TOKEN: token, GRAPHIQL_EXAMPLES: examples } = environment;
  return {
    ...(token && { headers: JSON.stringify({ authorization: `Bearer ${token}` }, null, 2) }),
    ...(examples && { defaultQuery: await readFile(examples, 'utf8') }),
  };
}

function policyFor(html: string): string {
  const script = html.slice(
    html.indexOf('<script>') + '<script>'.length,
    html.lastIndexOf('</script>'),
  );
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    'worker-src blob:',
    // The editor creates style elements as it runs.
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
