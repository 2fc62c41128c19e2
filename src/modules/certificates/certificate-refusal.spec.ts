import { describe, expect, it } from 'vitest';
import { readRefusal, reasonOf } from './certificate-refusal.js';

describe('readRefusal', () => {
  it.each([
    ['Certificate already exists'],
    [{ message: 'Certificate already exists for this user and course', status: 'error' }],
    [{ success: false, message: 'certificate already issued' }],
    [{ statusCode: 409, message: 'no' }],
    [{ status: '409' }],
    [{ error: { code: 'CONFLICT' } }],
    [{ code: 'ALREADY_EXISTS' }],
    [{ code: 11000 }],
    [{ code: '23505', message: 'x' }],
    [
      {
        statusCode: 500,
        message: 'duplicate key value violates unique constraint "certificate_pkey"',
      },
    ],
    ['E11000 duplicate key error collection: certificates'],
    ['Certificate exists'],
    [{ message: 'Le certificat existe déjà' }],
    [{ message: 'El certificado ya existe' }],
    [{ message: 'Das Zertifikat existiert bereits' }],
    [{ message: 'الشهادة موجودة بالفعل' }],
    [{ message: ['certificate already exists'] }],
    [{ response: { message: 'Certificate already exists', statusCode: 400 } }],
  ])('takes %j for a certificate that exists', (error) => {
    expect(readRefusal(error)).toEqual({ kind: 'exists' });
  });

  it.each([
    [{ status: 'error', message: 'Internal server error' }],
    [{ statusCode: 500, message: 'relation "certificate" does not exist' }],
    [{ statusCode: 500, message: 'cannot read existing certificates' }],
    [{ statusCode: 503 }],
    [{ statusCode: 429, message: 'slow down' }],
    [{ code: 'INTERNAL_SERVER_ERROR', message: 'oops' }],
    ['Timeout has occurred'],
    ['Connection terminated'],
    [{ message: 'connect ECONNREFUSED 127.0.0.1:5432' }],
    [{}],
    [''],
    [null],
    [{ success: false }],
  ])('takes %j for a failure that may pass', (error) => {
    expect(readRefusal(error)).toEqual({ kind: 'failing' });
  });

  it.each([
    ['User not found', 'User not found'],
    [{ statusCode: 404, message: 'Course does not exist' }, 'Course does not exist'],
    [{ success: false, message: 'The learner is banned' }, 'The learner is banned'],
    [
      { message: ['userId must be a UUID', 'courseId is empty'] },
      'userId must be a UUID; courseId is empty',
    ],
    [{ statusCode: 422 }, 'status 422'],
    [{ code: 'NOT_ELIGIBLE' }, 'NOT_ELIGIBLE'],
    [
      { statusCode: 400, message: 'An existing payment dispute blocks this course' },
      'An existing payment dispute blocks this course',
    ],
    ['Blocked\u0000by \ud83d the office', 'Blocked by   the office'],
  ])('takes %j for a refusal', (error, reason) => {
    expect(readRefusal(error)).toEqual({ kind: 'refused', reason });
  });

  it('keeps e-mail addresses out of reasons, which are stored, shown and logged', () => {
    expect(readRefusal('No name for <jane.doe+x@mail.example>, ask ops@eu.example.org.')).toEqual({
      kind: 'refused',
      reason: 'No name for <[e-mail]>, ask [e-mail].',
    });
    const long = `${'x '.repeat(95)}jane@mail.example`;
    expect(JSON.stringify(readRefusal(long))).not.toContain('jane');
  });

  it('keeps reasons short, and survives errors without end', () => {
    expect(readRefusal('x'.repeat(5_000))).toEqual({ kind: 'refused', reason: 'x'.repeat(200) });
    const endless: Record<string, unknown> = { message: 'No' };
    endless['error'] = endless;
    expect(readRefusal(endless).kind).toBe('refused');
  });
});

describe('reasonOf', () => {
  it.each([
    [{ status: 'error', message: 'Internal server error' }, 'Internal server error'],
    ['Certificate already exists', 'Certificate already exists'],
    [{ statusCode: 409 }, 'status 409'],
    [{ error: { code: 'CONFLICT' } }, 'CONFLICT'],
    [null, 'an error without a reason'],
    [{ message: 'no space for jane@mail.example' }, 'no space for [e-mail]'],
  ])('of %j is its own words', (error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});
