import type { TestDatabase } from './database.ts';

/** Inserts what the completion of a course writes: the intent and the request. @returns the outbox row's id */
export async function requestCertificate(
  { pool }: TestDatabase,
  userId: string,
  courseId: string,
): Promise<string> {
  await pool.query(
    `INSERT INTO certificate (user_id, course_id, completed_at) VALUES ($1, $2, now())`,
    [userId, courseId],
  );
  return addToOutbox({ pool }, 'certificate.requested', userId, courseId);
}

export async function addToOutbox(
  { pool }: Pick<TestDatabase, 'pool'>,
  topic: string,
  userId: string,
  courseId: string,
  lessonId: string | null = null,
): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO outbox (topic, user_id, course_id, lesson_id) VALUES ($1, $2, $3, $4) RETURNING id`,
    [topic, userId, courseId, lessonId],
  );
  return rows[0]!.id;
}

export interface CertificateRow {
  status: string;
  reason: string | null;
  requested_at: Date | null;
  issued_at: Date | null;
}

export async function certificateOf(
  { pool }: TestDatabase,
  userId: string,
  courseId: string,
): Promise<CertificateRow | undefined> {
  const { rows } = await pool.query<CertificateRow>(
    `SELECT status, reason, requested_at, issued_at FROM certificate WHERE user_id = $1 AND course_id = $2`,
    [userId, courseId],
  );
  return rows[0];
}
