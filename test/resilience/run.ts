// `npm run resilience`: tries what the service promises, under the faults that it promises it for.
import { runControls } from './controls/run-controls.ts';
import { readOptions } from './options.ts';
import { tryPromise } from './promise.ts';
import { describe, describeViolations, Report } from './report.ts';

const options = readOptions(process.argv.slice(2));
console.log(`seed ${options.seed}`);
const kept = await (options.controls ? runControls(options) : tryAll());
// Not by leaving it to Node: after the death of what it had started, it was seen to wait for the handles at full speed.
process.exit(kept ? 0 : 1);

async function tryAll(): Promise<boolean> {
  const report = new Report(options);
  let kept = true;
  for (const promise of options.promises) {
    const times = options.times ?? (options.short ? promise.shortTimes : promise.times);
    const tally = await tryPromise(promise, { ...options, times });
    console.log(describe(promise, tally));
    for (const line of describeViolations(tally)) console.log(line);
    report.add(promise, tally);
    kept &&= tally.kept;
  }
  report.write();
  return kept;
}
