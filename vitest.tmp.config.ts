import { defineConfig } from 'vitest/config';
export default defineConfig({ root: '/work/wt/player', oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } }, test: { include: ['test/player/**/*.spec.ts','packages/*/src/**/*.spec.ts'], isolate: false, restoreMocks: true, unstubEnvs: true, setupFiles: ['reflect-metadata'] } });
