import { afterAll, beforeAll, expect, it } from 'vitest';
import { SANDBOX } from '../../sandbox/catalogue.ts';
import { walkSpecification } from '../support/specification-walk.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { waitFor } from '../support/wait-for.ts';

let service: TestApp;
const user = SANDBOX.users.find(({ role }) => role === 'user')!;
const course = SANDBOX.courses.find(({ sections }) => sections !== undefined)!;

beforeAll(async () => {
  service = await startTestApp();
});
afterAll(() => service.close());

it('runs the eleven operations of the specification, to a completed course and one certificate', async () => {
  await walkSpecification(await service.as({ sub: user.id, role: 'user' }), user.id, course);

  await waitFor(() => service.peers!.certificates.issued.length === 1, {
    message: 'a certificate',
  });
  expect(service.peers!.certificates.issued[0]).toMatchObject({
    userId: user.id,
    courseId: course._id,
  });
});
