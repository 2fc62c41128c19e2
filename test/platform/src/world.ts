import { CertificateTable } from './certificates/certificate-table.js';
import {
  ROWS,
  type Failure,
  type HeardEvent,
  type PlatformCourse,
  type PlatformUser,
  type RequestRecord,
  type Row,
  type Rows,
} from './contract.js';

/** What outlives a service that is stopped: its database, and which of its rows are mended. */
export class World {
  readonly users = new Map<string, PlatformUser>();
  readonly courses = new Map<string, PlatformCourse>();
  readonly certificates = new CertificateTable();
  readonly requests: RequestRecord[] = [];
  readonly heard: HeardEvent[] = [];
  /** How each subject fails that does. */
  readonly failures = new Map<string, Failure>();
  private readonly mended = new Set<Row>();

  isMended(row: Row): boolean {
    return this.mended.has(row);
  }

  mend(rows: Rows): void {
    for (const row of checked(rows)) this.mended.add(row);
  }

  unmend(rows: Rows): void {
    for (const row of checked(rows)) this.mended.delete(row);
  }
}

/** @throws Error when a row has no switch: a test would go on as if it were mended. */
function checked(rows: Rows): readonly Row[] {
  if (rows === 'all') return ROWS;
  const unknown = rows.filter((row) => !ROWS.includes(row));
  if (unknown.length > 0) throw new Error(`No switch for row ${unknown}; there are ${ROWS}`);
  return rows;
}
