import { Query, Resolver } from '@nestjs/graphql';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

const folder = mkdtempSync(join(tmpdir(), 'lesson-page-'));
const [page, player] = ['page', 'player'].map((name) => join(folder, name));
const LESSON_PAGE = `${page},${player}`;

beforeAll(() => {
  mkdirSync(page!);
  mkdirSync(player!);
  writeFileSync(join(page!, 'index.html'), '<!doctype html><title>Lesson</title>');
  writeFileSync(join(page!, 'film.webm'), '0123456789');
  writeFileSync(join(player!, 'player.js'), '"use strict";');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the lesson page', () => {
  let edge: EdgeApp;
  beforeAll(async () => {
    edge = await startEdge([HelloResolver], { LESSON_PAGE });
  });
  afterAll(() => edge.close());

  it('is found with and without the slash at its end', async () => {
    for (const path of ['/userProgress/demo', '/userProgress/demo/']) {
      const answer = await edge.send({}, path);
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
      expect(answer.text).toContain('Lesson');
    }
  });

  it('runs scripts of its own only, none of them inline', async () => {
    const { headers } = await edge.send({}, '/userProgress/demo/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('lets a browser seek in the film, which asks for a part of it', async () => {
    const answer = await edge.send(
      { headers: { range: 'bytes=2-4' } },
      '/userProgress/demo/film.webm',
    );
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe('bytes 2-4/10');
    expect(answer.headers.get('content-type')).toBe('video/webm');
    expect(answer.text).toBe('234');
  });

  it('lends the player and the film to pages of other origins', async () => {
    const answer = await edge.send({}, '/userProgress/demo/player.js');
    expect(answer.headers.get('content-type')).toMatch(/javascript/);
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it.each(['../secret.txt', '..%2fsecret.txt', '%2e%2e/secret.txt', 'nothing.html'])(
    'shows no other file: %s',
    async (path) => {
      const answer = await edge.send({}, `/userProgress/demo/${path}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('secret');
    },
  );
});

it('there is no lesson page in production', async () => {
  const edge = await startEdge([HelloResolver], { LESSON_PAGE, NODE_ENV: 'production' });
  expect((await edge.send({}, '/userProgress/demo/')).status).toBe(404);
  await edge.close();
});

it('there is no lesson page where none was named', async () => {
  const edge = await startEdge([HelloResolver]);
  expect((await edge.send({}, '/userProgress/demo/')).status).toBe(404);
  await edge.close();
});
