import { Query, Resolver } from '@nestjs/graphql';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEdge, type EdgeApp } from '../../test/for-specs.ts';

@Resolver()
class HelloResolver {
  @Query(() => String)
  hello(): string {
    return 'hello';
  }
}

const browser = {
  headers: { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
};

describe('GraphiQL', () => {
  let edge: EdgeApp;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graphiql-'));
    await writeFile(join(folder, 'examples.graphql'), 'query Example { hello }');
    edge = await startEdge([HelloResolver], {
      GRAPHIQL_DEFAULT_TOKEN: 'a.ready.token',
      GRAPHIQL_EXAMPLES: join(folder, 'examples.graphql'),
    });
  });
  afterAll(async () => {
    await edge.close();
    await rm(folder, { recursive: true });
  });

  it('is shown to browsers, with the examples and the token', async () => {
    const page = await edge.send(browser);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('query Example { hello }');
    expect(page.text).toContain('Bearer a.ready.token');
  });

  it('loads nothing from elsewhere', async () => {
    const { text } = await edge.send(browser);
    const markup = text.replace(/<script>[^]*<\/script>/, '').replace(/<style>[^]*<\/style>/, '');
    expect(markup).not.toMatch(/(?:src|href)="(?!data:)/);
  });

  it('runs its one script, by hash, and nothing else', async () => {
    const { headers, text } = await edge.send(browser);
    const policy = headers.get('content-security-policy') ?? '';
    const script = text.slice(text.indexOf('<script>') + 8, text.lastIndexOf('</script>'));
    expect(policy).toContain(
      `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
    );
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('asks the API under the path where it was opened, as far as that is the API’s', async () => {
    const { text } = await edge.send(browser, '/user-progress');
    expect(text).toContain('"endpoint":"/user-progress"');
    expect((await edge.send(browser, '/%75serProgress/graphql')).text).toContain(
      '"endpoint":"/userProgress/graphql"',
    );
  });

  it('is not what other clients get', async () => {
    for (const accept of ['application/json', '*/*']) {
      const answer = await edge.send({ headers: { accept, 'apollo-require-preflight': '1' } });
      expect(answer.headers.get('content-type')).toContain('application/json');
    }
  });
});

describe('GraphiQL in production', () => {
  let edge: EdgeApp;
  beforeAll(async () => {
    edge = await startEdge([HelloResolver], { NODE_ENV: 'production' });
  });
  afterAll(() => edge.close());

  it('is off', async () => {
    const { text } = await edge.send(browser);
    expect(text).not.toMatch(/graphiql|<script/i);
  });

  it.each([
    ['en', 'ltr', 'There is nothing to see here in a browser.'],
    ['ar', 'rtl', 'رمز وصول'],
    ['de', 'ltr', 'Im Browser gibt es hier nichts zu sehen.'],
  ])(
    'a browser is told what this address is, in its language: %s',
    async (language, dir, words) => {
      for (const path of [
        '/userProgress/graphql',
        '/user-progress',
        '/user-progress?query={hello}',
      ]) {
        const page = await edge.send(
          { headers: { ...browser.headers, 'accept-language': language } },
          path,
        );
        expect(page.status).toBe(200);
        expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
        expect(page.text).toContain(`<html lang="${language}" dir="${dir}">`);
        expect(page.text).toContain(words);
        expect(page.text).not.toMatch(/CSRF|errors/);
      }
    },
  );

  it('programs are still told what is wrong, as JSON', async () => {
    const answer = await edge.send({ headers: { accept: 'application/json' } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });
});
