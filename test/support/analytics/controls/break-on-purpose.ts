import type { Plugin } from 'vitest/config';
import { BREAKS, isOfFile } from './breaks.ts';

/** Which break is in force. In `globalThis`, for tests and the code they break are loaded apart. */
const IN_FORCE = 'analyticsBreak';

export function bring(name: string | null): void {
  Object.assign(globalThis, { [IN_FORCE]: name });
}

/** Builds each break into the files of `src`, out of force, while vitest loads them. */
export const breaksBuiltIn: Plugin = {
  name: 'analytics-breaks',
  enforce: 'pre',
  transform(code, id) {
    let built = code;
    for (const [name, edits] of Object.entries(BREAKS)) {
      for (const { file, from, to } of edits.filter(isOfFile)) {
        if (!id.endsWith(`/src/modules/analytics/${file}`)) continue;
        const choice = `(globalThis.${IN_FORCE} === ${JSON.stringify(name)} ? ${to} : ${from})`;
        built = built.replaceAll(from, () => choice);
      }
    }
    return built === code ? undefined : built;
  },
};
