import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

export interface Issue {
  certificateId: string;
  userId: string;
  courseId: string;
  /** ISO 8601, UTC. */
  issuedAt: string;
}

/**
 * Every certificate that was ever issued, also duplicates: tests compare against it. With a file it survives the
 * process; an issue is on disk before it is answered.
 */
export class IssueLog {
  private readonly issues: Issue[] = [];
  private readonly file: number | null = null;

  constructor(path?: string) {
    if (path === undefined) return;
    mkdirSync(dirname(path), { recursive: true });
    if (existsSync(path)) this.issues.push(...readIssues(path));
    this.file = openSync(path, 'a');
  }

  append(...issues: Issue[]): void {
    if (this.file !== null && issues.length > 0) {
      writeSync(this.file, issues.map((issue) => `${JSON.stringify(issue)}\n`).join(''));
      fsyncSync(this.file);
    }
    this.issues.push(...issues);
  }

  all(): readonly Issue[] {
    return this.issues;
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
  }
}

/** Reads the issues in the file. A last line that a crash cut short was never answered, so it is removed. */
function readIssues(path: string): Issue[] {
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  truncateSync(path, Buffer.byteLength(whole));
  const lines = whole.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Issue);
}
