import { describe, expect, it } from 'vitest';
import { meaningOf } from './error-meaning.js';
import { signsOf } from './error-signs.js';

const meaning = (error: unknown) => meaningOf(signsOf(error));

/** The `err` of NestJS: of `RpcException('…')`, and of each exception that is no RpcException. */
const rpc = (message: string) => ({ status: 'error', message });
/** The `err` of `RpcException(new HttpException(…))`. */
const http = (statusCode: number, message: string, name = 'HttpException') => ({
  response: { statusCode, message, error: 'Error' },
  status: statusCode,
  options: {},
  message,
  name,
});

describe('an error that says that there is no such record', () => {
  it.each([
    [{ statusCode: 404, message: 'no' }],
    [{ statusCode: '404' }],
    [{ statusCode: 410, message: 'Gone' }],
    [http(404, 'x', 'NotFoundException')],
    [404],
    ['User not found'],
    [rpc('User not found')],
    [rpc('user_not_found')],
    [rpc('UserNotFound')],
    [rpc('Internal server error: course not found')],
    [rpc('User not found, please try again')],
    [rpc('Course with id 6740a1f0c3d2e4b5a6978801 does not exist')],
    [rpc('No user found with this id')],
    [rpc('no such lesson')],
    [rpc('Unknown course')],
    [rpc('The user has been deleted')],
    [rpc('Utilisateur introuvable')],
    [rpc('Kurs wurde nicht gefunden')],
    [rpc('Usuario no encontrado')],
    [rpc('المستخدم غير موجود')],
    [{ code: 'NOT_FOUND' }],
    [{ code: 'USER_NOT_FOUND', message: 'x' }],
    [{ code: 'P2025', message: 'An operation failed' }],
    [{ name: 'EntityNotFoundError', message: 'x' }],
    [{ extensions: { code: 'NOT_FOUND' } }],
    [{ errors: [{ message: 'Course not found' }] }],
  ])('%j', (error) => {
    expect(meaning(error)).toBe('absent');
  });
});

describe('an error that says that something failed', () => {
  it.each([
    [{ statusCode: 503 }],
    [{ statusCode: 500, message: 'User not found' }],
    [{ status: '502' }],
    [http(503, 'Service Unavailable')],
    [http(500, 'Internal server error')],
    [{ statusCode: 429, message: 'slow down' }],
    [{ statusCode: 408 }],
    [503],
    [rpc('connect ECONNREFUSED 10.0.0.7:5432')],
    [rpc('getaddrinfo ENOTFOUND users-db')],
    [rpc('Connection terminated unexpectedly')],
    [rpc('Connection not found')],
    [rpc('Timeout has occurred')],
    [rpc('query timed out')],
    [rpc('relation "users" does not exist')],
    [rpc('column u.role does not exist')],
    [rpc("Cannot read properties of undefined (reading 'find')")],
    [rpc('this.users.findOne is not a function')],
    [rpc('sorry, too many clients already')],
    [rpc('MongoServerSelectionError: server selection timed out')],
    [rpc('Request failed with status code 503')],
    [rpc('There is no matching message handler defined in the remote service.')],
    [rpc('Empty response. There are no subscribers listening to that message ("x")')],
    [rpc('The service is temporarily unavailable')],
    [rpc('Something went wrong')],
    [rpc('An unexpected error occurred')],
    // What JSON makes of a system error, of a driver's and of an HTTP client's.
    [{ errno: -111, code: 'ECONNREFUSED', syscall: 'connect', port: 5432 }],
    [{ code: '57P01', severity: 'FATAL' }],
    [{ code: '42P01' }],
    [{ name: 'MongoNetworkError' }],
    [{ name: 'TypeError', message: 'x' }],
    [{ name: 'AxiosError', code: 'ERR_BAD_RESPONSE', status: 500 }],
    [{ code: 'UNAVAILABLE' }],
    [{ cause: { code: 'ECONNRESET' } }],
  ])('%j', (error) => {
    expect(meaning(error)).toBe('failing');
  });
});

describe('an error that says nothing', () => {
  it.each([
    [rpc('Internal server error')],
    ['Internal server error'],
    [{ message: 'INTERNAL_SERVER_ERROR' }],
    [{}],
    [''],
    [[]],
    [true],
    [{ status: 'error' }],
  ])('%j', (error) => {
    expect(meaning(error)).toBe('generic');
  });
});

describe('an error in words of its own', () => {
  it.each([
    [rpc('The user is suspended')],
    [{ statusCode: 403, message: 'Forbidden resource' }],
    [{ statusCode: 400, message: ['id must be a ULID'] }],
    [{ code: 'NOT_ELIGIBLE' }],
    ['no'],
  ])('%j', (error) => {
    expect(meaning(error)).toBe('refused');
  });
});

it('is judged quickly, whatever its size and shape', () => {
  const endless: Record<string, unknown> = { message: 'No' };
  endless['error'] = endless;
  const errors = [
    endless,
    'connection '.repeat(100_000),
    { message: Array.from({ length: 100_000 }, () => 'table a ') },
    { code: 'a_'.repeat(500_000) },
  ];
  const begun = performance.now();
  for (const error of errors) meaning(error);
  expect(performance.now() - begun).toBeLessThan(500);
});
