import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { ENVIRONMENT_VARIABLES, loadEnvironment } from '../../src/config/environment.js';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { readText } from './page.ts';

/** Names of the platform's, and hosting services', that are read where ours are not set. */
const OTHER_NAMES = ['DB_NAME', 'PORT'];
/** An import of a million rows, on a slow machine, and then some. */
const STARTS_WITHIN_SECONDS = 20 * 60;

const manifests: any[] = globSync('deploy/platform/*.yaml').flatMap((path) =>
  parseAllDocuments(readText(path)).map((document) => document.toJS({ maxAliasCount: 0 })),
);
const manifest = (kind: string): any => manifests.find((each) => each.kind === kind);
const { spec } = manifest('Deployment');
const pod = spec.template.spec;
const [container] = pod.containers;
const config: Record<string, string> = manifest('ConfigMap').data;
const secrets: { name: string; valueFrom: any }[] = container.env;

describe('the manifests in deploy/platform', () => {
  it('are all installed by kustomization.yaml', () => {
    const files = globSync('deploy/platform/*.yaml').map((path) => basename(path));
    const { resources } = manifest('Kustomization');
    expect(resources.toSorted()).toEqual(
      files.filter((name) => name !== 'kustomization.yaml').toSorted(),
    );
  });

  it('set variables that the service knows, and all that it needs in production', () => {
    const names = [...Object.keys(config), ...secrets.map(({ name }) => name)];
    const known = [...ENVIRONMENT_VARIABLES, ...OTHER_NAMES];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
    const values = Object.fromEntries(secrets.map(({ name }) => [name, 'secret '.repeat(8)]));
    const environment = loadEnvironment({ NODE_ENV: 'production', ...config, ...values });
    expect(environment.PORT_USER_PROGRESS).toBe(container.ports[0].containerPort);
    expect(environment.TRUST_PROXY).toBe(1);
  });

  it('name each other', () => {
    expect(container.envFrom[0].configMapRef.name).toBe(manifest('ConfigMap').metadata.name);
    const { labels } = spec.template.metadata;
    const selectors = [spec.selector.matchLabels, manifest('Service').spec.selector];
    selectors.push(manifest('PodDisruptionBudget').spec.selector.matchLabels);
    for (const selector of selectors) expect(labels).toMatchObject(selector);
    const [port] = manifest('Service').spec.ports;
    expect(port).toEqual({ name: 'http', port: 3009, targetPort: container.ports[0].name });
    const [path] = manifest('Ingress').spec.rules[0].http.paths;
    expect(path.backend.service).toEqual({
      name: manifest('Service').metadata.name,
      port: { name: port.name },
    });
  });

  it('let a start adopt a large table, a stop finish, and one process stay', () => {
    const { periodSeconds, failureThreshold } = container.startupProbe;
    expect(spec.progressDeadlineSeconds).toBeGreaterThan(periodSeconds * failureThreshold);
    expect(periodSeconds * failureThreshold).toBeGreaterThan(STARTS_WITHIN_SECONDS);
    const { SHUTDOWN_GRACE_MS } = loadEnvironment({
      ...config,
      POSTGRES_USER: 'somebody',
      JWT_SECRET: 'secret',
    });
    expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(SHUTDOWN_GRACE_MS);
    expect(manifest('PodDisruptionBudget').spec.minAvailable).toBeLessThan(spec.replicas);
  });

  it('give the process no rights that it does not need', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});

describe('the image', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.close());

  it.each(['PORT', 'PORT_USER_PROGRESS'])(
    'is healthy where the service listens: %s',
    async (name) => {
      const [, check] = /HEALTHCHECK[^]*?CMD (\[.*\])/.exec(readText('Dockerfile'))!;
      const [, ...args] = JSON.parse(check!) as string[];
      const ask = (port: string) =>
        new Promise((resolve) => {
          execFile(process.execPath, args, { env: { [name]: port } }, (error) =>
            resolve(error?.code ?? 0),
          );
        });
      expect(await ask(new URL(service.origin).port)).toBe(0);
      expect(await ask('1')).toBe(1);
    },
  );
});

describe('the paths in deploy/platform', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
  });
  afterAll(() => service.close());

  it.each(['startupProbe', 'readinessProbe', 'livenessProbe'])('of the %s answer', async (name) => {
    const { path, port } = container[name].httpGet;
    expect(port).toBe(container.ports[0].name);
    expect((await fetch(service.origin + path)).status).toBe(200);
  });

  it('of the ingress, which rewrites nothing, is where the API is', async () => {
    const { metadata, spec: ingress } = manifest('Ingress');
    expect(JSON.stringify(metadata)).not.toContain('rewrite');
    const answer = await fetch(service.origin + ingress.rules[0].http.paths[0].path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
  });
});
