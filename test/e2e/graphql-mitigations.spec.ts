import { ModulesContainer } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** @nestjs/graphql 14.0.3 has open advisories: SECURITY.md says why none is reachable, and these tests hold it. */

const RESOLVER = 'graphql:resolver_type';
const FIELD_RESOLVER = 'graphql:resolve_property';

let service: TestApp;

beforeAll(async () => {
  service = await startTestApp({ catalogue: false });
});
afterAll(() => service.close());

const providers = () =>
  [...service.app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.providers.values(),
  ]);

const methodsOf = (type: { prototype: object }): unknown[] =>
  Object.values(Object.getOwnPropertyDescriptors(type.prototype)).map(
    ({ value }) => value as unknown,
  );

const isResolver = (value: unknown): boolean =>
  typeof value === 'function' &&
  (Reflect.hasMetadata(RESOLVER, value) ||
    methodsOf(value).some(
      (method) => typeof method === 'function' && Reflect.hasMetadata(RESOLVER, method),
    ));

const resolvers = () =>
  providers().filter(({ instance }) => isResolver((instance as object | null)?.constructor));

it('has no subscriptions', () => {
  expect(
    service.app.get(GraphQLSchemaHost, { strict: false }).schema.getSubscriptionType(),
  ).toBeUndefined();
});

it('upgrades no connection to a WebSocket', async () => {
  const answer = await fetch(service.graphqlUrl, {
    headers: {
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    },
  }).catch((error: unknown) => error);
  expect(answer).not.toMatchObject({ status: 101 });
});

it('makes every resolver from its class, never by useFactory or useValue', () => {
  expect(resolvers().length).toBeGreaterThanOrEqual(5);
  for (const resolver of resolvers()) {
    expect(resolver.isFactory, resolver.name).toBeFalsy();
    expect(resolver.metatype, resolver.name).toBe(resolver.token);
    expect(resolver.isNotMetatype, resolver.name).toBeFalsy();
  }
});

it('has no resolver that inherits another', () => {
  for (const { metatype, name } of resolvers()) {
    expect(Object.getPrototypeOf(metatype), name).toBe(Function.prototype);
  }
});

it('has no resolver below an operation: what an operation may return, its row of the access table decides', () => {
  const fields = resolvers().flatMap(({ metatype }) =>
    methodsOf(metatype as never).filter(
      (method) => typeof method === 'function' && Reflect.hasMetadata(FIELD_RESOLVER, method),
    ),
  );
  expect(fields).toEqual([]);
});
