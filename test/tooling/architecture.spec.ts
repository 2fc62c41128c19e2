import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

it('the dependency rules fail when a resolver imports a proxy', async () => {
  const { output } = await cruise(['src'], {
    baseDir: join(import.meta.dirname, 'architecture'),
    tsPreCompilationDeps: 'specify',
    validate: true,
    ruleSet: { forbidden: rules.forbidden },
  });
  expect((output as ICruiseResult).summary.violations).toMatchObject([
    {
      rule: { name: 'resolvers-translate-only' },
      from: 'src/modules/outbox/probe.resolver.ts',
      to: 'src/modules/outbox/proxy/probe.proxy.ts',
    },
  ]);
});
