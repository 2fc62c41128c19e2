import { join } from 'node:path';
import { defineConfig } from 'vite';

const folder = import.meta.dirname;

/** `npx vite web` shows the pages beside `npm start`, which has the service; sign in with `#token=…`. */
export default defineConfig({
  root: folder,
  base: '/userProgress/dashboard/',
  server: { proxy: { '/userProgress/graphql': 'http://localhost:3009' } },
  build: {
    outDir: join(folder, '..', 'dist', 'web'),
    emptyOutDir: true,
    // Browsers that know light-dark(), of which no older form is needed.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    // Where the service finds which file a language is in.
    manifest: true,
    // A file inside another one would break the policy.
    assetsInlineLimit: 0,
  },
});
