import { globSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const folder = import.meta.dirname;

/** `npx vite examples` shows them beside `npm start`, which has the service and the film. */
export default defineConfig({
  root: folder,
  server: { proxy: { '/userProgress': 'http://localhost:3009' } },
  build: {
    target: 'es2022',
    // The plain page is opened as a file: nothing is built of it.
    rolldownOptions: { input: globSync(join(folder, '*.html'), { exclude: ['**/plain.html'] }) },
  },
});
