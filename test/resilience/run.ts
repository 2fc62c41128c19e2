// `npm run resilience`: tests what the service promises, under the faults named in each promise.
import { runControls } from './controls/run-controls.ts';
import { HELP, readOptions } from './options.ts';
import { tryPromise } from './promise.ts';
import { describe, describeViolations, Report } from './report.ts';

if (process.argv.includes('--help')) {
  console.log(HELP);
  process.exit();
}
const options = readOptions(process.argv.slice(2));
console.log(`seed ${options.seed}`);
const kept = await (options.controls ? runControls(options) : tryAll());
// Exit explicitly. Otherwise, after a child process had been killed, Node was seen to wait for open handles in a busy
// loop.
process.exit(kept ? 0 : 1);

async function tryAll(): Promise<boolean> {
  const report = new Report(options);
  let kept = true;
  for (const promise of options.promises) {
    const times = options.times ?? (options.short ? promise.shortTimes : promise.times);
    const environment = { WORKERS: String(options.workers) };
    const tally = await tryPromise(promise, { ...options, times, environment });
    console.log(describe(promise, tally));
    for (const line of describeViolations(tally)) console.log(line);
    report.add(promise, tally);
    // The document keeps the long runs: a brief one is not to replace them. Whoever ends this one keeps what it did.
    if (!options.short) report.write();
    kept &&= tally.kept;
  }
  return kept;
}
