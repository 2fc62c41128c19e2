import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SANDBOX } from '../../sandbox/catalogue.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { signToken } from '../support/tokens.ts';
import { readText } from './page.ts';

const SHELL = /```bash\n(TOKEN=TOKEN_HERE\n[^]*?)```/;
const ADDRESS = 'http://localhost:3009';
/** A machine that runs the tests need not have curl. This sends what it would (without line breaks), and prints the answer. */
const CURL = `curl() { '${process.execPath}' -e '
  const [, , url, ...rest] = ["", ...process.argv];
  const headers = rest.flatMap((word, at) => word === "-H" ? [rest[at + 1].split(/: (.*)/s).slice(0, 2)] : []);
  const body = require("node:fs").readFileSync(0, "utf8").replace(/[\\r\\n]/g, "");
  fetch(url, { method: "POST", headers, body }).then(async (answer) => console.log((await answer.text()).trim()));
' -- "$2" "\${@:3}"; }`;

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp();
});
afterAll(() => service.close());

function shell(script: string): Promise<string> {
  const child = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', () => resolve(output)));
}

describe('the beat in README.md, pasted into a shell', () => {
  it('is counted, and a duplicate when it is sent again', async () => {
    const [learner] = SANDBOX.learners;
    const token = await signToken({ sub: learner!.id, role: learner!.role });
    const [, pasted] = SHELL.exec(readText('README.md'))!;
    const [variables, request] = pasted!
      .replace('TOKEN_HERE', token)
      .replaceAll(ADDRESS, service.origin)
      .split(/(?=^curl )/m);
    const output = await shell([CURL, variables, request, request].join('\n'));
    const answers = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map(({ data }) => data.recordWatch)).toMatchObject([
      {
        data: { completed: false, position_seconds: 10 },
        beats: [{ seq: 0, result: 'COUNTED', creditedSeconds: 10, reason: null }],
      },
      { beats: [{ seq: 0, result: 'DUPLICATE' }] },
    ]);
  });
});
