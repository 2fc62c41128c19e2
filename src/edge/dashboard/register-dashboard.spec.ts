import { Query, Resolver } from '@nestjs/graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEdge, type EdgeApp } from '../../../test/for-specs.ts';

@Resolver()
class HelloResolver {
  @Query(() => String)
  hello(): string {
    return 'hello';
  }
}

const PATH = '/userProgress/dashboard';
const HOST = 'https://learn.example';

const contentOf = (html: string): unknown => {
  const [, content] = /<meta name="dashboard" content="([^"]*)"/.exec(html)!;
  return JSON.parse(content!.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
};

describe('the dashboard', () => {
  let edge: EdgeApp;
  beforeAll(async () => {
    edge = await startEdge([HelloResolver], { NODE_ENV: 'production' });
  });
  afterAll(() => edge.close());

  it.each(['', '/', '/courses', '/courses/6740a1f0.c3/lessons/a%2Fb?period=7'])(
    'is one page at all of its addresses, also in production: %s',
    async (path) => {
      const answer = await edge.send({}, PATH + path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.text).toContain('<div id="app">');
    },
  );

  it('runs nothing but its own files, and may be shown by no other page', async () => {
    const { headers, text } = await edge.send({}, PATH);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(text).not.toMatch(/<style|<script[^>]*>[^<]|\son\w+=|\sstyle=/);
  });

  it.each(['br', 'gzip'])(
    'sends its files compressed (%s), to be kept for ever',
    async (coding) => {
      const { text } = await edge.send({}, PATH);
      const files = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!);
      expect(files).toHaveLength(2);
      for (const file of files) {
        const answer = await edge.send({ headers: { 'accept-encoding': coding } }, file);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-encoding')).toBe(coding);
        expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
        expect(answer.headers.get('content-type')).toMatch(/javascript|css/);
      }
    },
  );

  it.each([
    ['the browser', PATH, 'fr-CA,fr;q=0.9,en;q=0.5', 'fr'],
    ['the address, whatever the browser says', `${PATH}?lang=ar`, 'fr', 'ar'],
  ])('names the file of the language of %s', async (_, path, header, language) => {
    const { text, headers } = await edge.send({ headers: { 'accept-language': header } }, path);
    const [, file] = /<link rel="modulepreload" crossorigin href="([^"]+)"/.exec(text)!;
    expect(file).toMatch(new RegExp(`^${PATH}/assets/${language}-.+\\.js$`));
    expect((await edge.send({}, file)).status).toBe(200);
    expect(headers.get('vary')).toContain('accept-language');
    expect(text).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
  });

  it.each(['en', 'xx'])('names no file of a language that is in its script: %s', async (header) => {
    const { text } = await edge.send({ headers: { 'accept-language': header } }, PATH);
    expect(text).not.toContain('modulepreload');
  });

  it.each(['assets/nothing.js', 'assets/..%2f..%2fmain.js'])(
    'has no other file: %s',
    async (path) => {
      expect((await edge.send({}, `${PATH}/${path}`)).status).toBeGreaterThanOrEqual(400);
    },
  );
});

it('may be shown by pages of the listed origins', async () => {
  const edge = await startEdge([HelloResolver], {
    DASHBOARD_EMBED_ORIGINS: `${HOST},http://localhost:8080`,
  });
  const { headers, text } = await edge.send({}, PATH);
  expect(headers.get('content-security-policy')).toContain(
    `frame-ancestors ${HOST} http://localhost:8080;`,
  );
  expect(headers.get('x-frame-options')).toBeNull();
  expect(contentOf(text)).toMatchObject({ embedOrigins: [HOST, 'http://localhost:8080'] });
  await edge.close();
});

it('knows where people sign in, where a learner is shown and a lesson watched, whatever these addresses contain', async () => {
  const signInUrl = 'https://learn.example/in?a="><script>$&&returnTo={returnTo}';
  const learnerUrl = 'https://learn.example/learners/{userId}';
  const lessonUrl = 'https://learn.example/lessons/{lessonId}?at={second}';
  const edge = await startEdge([HelloResolver], {
    DASHBOARD_LESSON_URL: lessonUrl,
    DASHBOARD_SIGN_IN_URL: signInUrl,
    DASHBOARD_LEARNER_URL: learnerUrl,
  });
  const { text } = await edge.send({}, PATH);
  expect(text).not.toContain('"><script>$');
  const [, content] = /content="(\{[^"]*)"/.exec(text)!;
  const shown = content!.replace(
    /&(quot|lt|gt|amp);/g,
    (_, name: string) => ({ quot: '"', lt: '<', gt: '>', amp: '&' })[name]!,
  );
  expect(JSON.parse(shown)).toMatchObject({ signInUrl, learnerUrl, lessonUrl });
  await edge.close();
});

it('is switched off by DASHBOARD_ENABLED', async () => {
  const edge = await startEdge([HelloResolver], { DASHBOARD_ENABLED: 'false' });
  expect((await edge.send({}, PATH)).status).toBe(404);
  await edge.close();
});
