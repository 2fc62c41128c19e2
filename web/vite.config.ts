import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const folder = import.meta.dirname;

/** All languages have the keys of the English file, in its order: a reader loads the texts only, a quarter less. */
const TEXTS = /[\\/]i18n[\\/](?!en)\w+\.json$/;
const textsOnly: Plugin = {
  name: 'texts-only',
  enforce: 'pre',
  transform: (code, id) =>
    TEXTS.test(id) ? JSON.stringify(Object.values(JSON.parse(code) as object)) : null,
};

/** `npx vite web` shows the pages beside `npm start`, which has the service; sign in with `#token=…`. */
export default defineConfig({
  root: folder,
  plugins: [textsOnly],
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
