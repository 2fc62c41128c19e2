import { randomBytes } from 'node:crypto';
import type { Certificate } from '../contract.js';

/** As a database's driver throws it. */
export class UniqueViolation extends Error {}

/** The certificates, under `UNIQUE ("userId", "courseId")`. */
export class CertificateTable {
  isDown = false;
  private readonly rows: Certificate[] = [];

  all(): readonly Certificate[] {
    return this.rows;
  }

  async find(userId: string, courseId: string): Promise<Certificate | undefined> {
    this.connect();
    return this.rows.find((row) => row.userId === userId && row.courseId === courseId);
  }

  async insert(userId: string, courseId: string): Promise<Certificate> {
    // Nothing is awaited between the two: two requests at once cannot both pass.
    this.connect();
    if (this.rows.some((row) => row.userId === userId && row.courseId === courseId)) {
      throw new UniqueViolation('duplicate key value violates unique constraint');
    }
    const id = `01${randomBytes(12).toString('hex').toUpperCase()}`;
    const certificate = { id, userId, courseId, createdAt: new Date().toISOString() };
    this.rows.push(certificate);
    return certificate;
  }

  private connect(): void {
    if (this.isDown) throw new Error('Connection terminated unexpectedly');
  }
}
