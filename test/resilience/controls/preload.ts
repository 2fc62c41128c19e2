// Loaded into a service process before its own code (`node --import`). Only the test harness does that.
import { registerHooks } from 'node:module';
import { BREAKS, type Edit } from './breaks.ts';
import { followClock } from './clock.ts';
import { crashAt } from './crash-points.ts';

const names = (process.env['RESILIENCE_BREAKS'] ?? '').split(',').filter(Boolean);
const edits = names.flatMap((name) => {
  const edit = BREAKS[name];
  if (!edit) throw new Error(`There is no break ${name}`);
  return edit;
});

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const wanted = edits.filter(({ file }) => url.endsWith(`/dist/${file}`));
    if (wanted.length === 0) return loaded;
    const { source } = loaded;
    const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
    return { ...loaded, source: wanted.reduce(apply, text) };
  },
});

const clock = process.env['RESILIENCE_CLOCK'];
if (clock) followClock(clock);

const point = process.env['RESILIENCE_CRASH_AT'];
if (point) crashAt(point);

/** If a break does not find its text, the service is not broken and the control proves nothing. */
function apply(source: string, { file, from, to }: Edit): string {
  if (!source.includes(from)) throw new Error(`${file} no longer has: ${from}`);
  return source.replaceAll(from, to);
}
