import { Logger } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  edgeEnvironment,
  signToken,
  startEdge,
  waitFor,
  type EdgeApp,
} from '../../../test/for-specs.ts';
import { NotFoundError } from '../errors/service-error.js';
import { registry } from '../metrics/registry.js';
import { observeQuery } from './query-log.js';

const logger = new Logger('Test');

@Resolver()
class TalkingResolver {
  @Query(() => String)
  hello(): string {
    logger.log({
      msg: 'greeting',
      token: 'tttt',
      headers: { authorization: 'Bearer tttt' },
      user: { email: 'me@home' },
    });
    return 'hello';
  }

  @Query(() => String)
  missing(): string {
    throw new NotFoundError('progressNotFound');
  }

  @Query(() => String)
  broken(): string {
    throw new Error('something unforeseen');
  }
}

describe('the log of requests', () => {
  let edge: EdgeApp;
  let token: string;

  beforeAll(async () => {
    edge = await startEdge([TalkingResolver], { LOG_LEVEL: 'info' });
    token = await signToken({ sub: 'me', role: 'user' });
  });
  afterAll(() => edge.close());
  beforeEach(() => {
    edge.logged.length = 0;
  });

  const requestLine = () =>
    waitFor(() => edge.logged.find(({ msg }) => msg === 'request'), {
      message: 'the request is logged',
    });

  it('has one line a request: which, whose, what, how long, how it ended', async () => {
    const { headers } = await edge.graphql('query Greeting { hello }', { token });
    expect(await requestLine()).toEqual({
      level: 'info',
      time: expect.any(String),
      requestId: headers.get('x-request-id'),
      userId: 'me',
      operationName: 'Greeting',
      fields: ['hello'],
      milliseconds: expect.any(Number),
      outcome: 'OK',
      msg: 'request',
    });
  });

  it.each([
    ['a failure', '{ missing }', true, 'NOT_FOUND'],
    ['a document that is none', '{ missing', true, 'BAD_USER_INPUT'],
    ['a refused caller', '{ hello }', false, 'UNAUTHENTICATED'],
  ])('says how it ended: %s', async (_case, query, known, outcome) => {
    await edge.graphql(query, known ? { token } : {});
    expect(await requestLine()).toMatchObject({ outcome });
  });

  it('connects every line to its request, and hides what is secret', async () => {
    const { headers } = await edge.graphql('{ hello }', { token });
    const greeting = edge.logged.find(({ msg }) => msg === 'greeting');
    expect(greeting).toMatchObject({ requestId: headers.get('x-request-id'), context: 'Test' });
    expect(JSON.stringify(edge.logged)).not.toMatch(/tttt|me@home/);
    expect(JSON.stringify(edge.logged)).not.toContain(token);
  });

  it('has an unexpected error once, with its stack and the id that the client was told', async () => {
    const answer = await edge.graphql('{ broken }', { token });
    const errors = edge.logged.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      errorId: answer.json.errors?.[0]?.extensions['errorId'],
      err: { message: 'something unforeseen', stack: expect.stringContaining('request-log.spec') },
    });
  });

  it('keeps client-chosen names out of the metrics', async () => {
    await edge.graphql('query ChosenByTheClient { alias: hello }', { token });
    await edge.graphql('query Several { hello missing }', { token });
    await requestLine();
    const metrics = (await edge.send({}, '/metrics')).text;
    expect(metrics).toContain('progress_graphql_requests_total{operation="hello",outcome="OK"}');
    expect(metrics).toContain('operation="several"');
    expect(metrics).toContain('progress_graphql_request_seconds_count{operation="hello"}');
    expect(metrics).toContain('process_cpu_seconds_total');
    expect(metrics).not.toContain('ChosenByTheClient');
  });

  it('leaves out metrics being read', async () => {
    await edge.send({}, '/metrics');
    await edge.graphql('{ hello }', { token });
    await requestLine();
    expect(edge.logged.filter(({ msg }) => msg === 'request')).toHaveLength(1);
  });

  it('warns of slow statements, by their names', async () => {
    const environment = edgeEnvironment({ LOG_SLOW_QUERY_MS: '100' });
    observeQuery('list-progress', 99, environment);
    observeQuery('course-progress', 100, environment);
    expect(edge.logged).toEqual([
      expect.objectContaining({
        level: 'warn',
        msg: 'slow query',
        query: 'course-progress',
        milliseconds: 100,
      }),
    ]);
    expect(await registry.getSingleMetricAsString('progress_query_seconds')).toContain(
      'progress_query_seconds_count{query="list-progress"} 1',
    );
  });
});
