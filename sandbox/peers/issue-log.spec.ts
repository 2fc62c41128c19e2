import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IssueLog } from './issue-log.ts';

const issueFor = (userId: string) => ({
  certificateId: `of-${userId}`,
  userId,
  courseId: 'c1',
  issuedAt: '2026-01-01T00:00:00.000Z',
});

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'issue-log-'));
  path = join(folder, 'data', 'certificates.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function reopened<T>(use: (log: IssueLog) => T): T {
  const log = new IssueLog(path);
  try {
    return use(log);
  } finally {
    log.close();
  }
}

describe('IssueLog', () => {
  it('keeps what was issued', () => {
    reopened((log) => log.append(issueFor('u1')));
    reopened((log) => log.append(issueFor('u2')));
    expect(reopened((log) => [...log.all()])).toEqual([issueFor('u1'), issueFor('u2')]);
  });

  it('forgets a line that a crash cut short, and goes on after it', () => {
    reopened((log) => log.append(issueFor('u1')));
    appendFileSync(path, '{"certificateId":"of-');
    reopened((log) => log.append(issueFor('u3')));
    expect(reopened((log) => [...log.all()])).toEqual([issueFor('u1'), issueFor('u3')]);
  });
});
