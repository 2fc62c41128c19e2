import { describe, expect, it } from 'vitest';
import type { NatsService } from '../../common/nats/nats.service.js';
import { PeerUnavailableError } from '../../common/nats/peer-unavailable.error.js';
import type { PeerAnswer } from '../../common/nats/wire-reply.js';
import { CertificateClient } from './certificate-client.js';

const requests: unknown[] = [];

/** A client whose peer says this; the real peer is in the dispatcher's spec. */
function clientThatHears(answer: PeerAnswer): CertificateClient {
  const nats: Pick<NatsService, 'request'> = {
    request: (subject, data) => {
      requests.push({ subject, data });
      return Promise.resolve(answer);
    },
  };
  return new CertificateClient(nats as NatsService);
}

const create = (answer: PeerAnswer) => clientThatHears(answer).create('u1', 'c1');
const exists = (answer: PeerAnswer) => clientThatHears(answer).exists('u1', 'c1');
const said = (value: unknown): PeerAnswer => ({ kind: 'answer', value });
const refused = (error: unknown): PeerAnswer => ({ kind: 'refused', error });

describe('create', () => {
  it('asks in the form of the wire contract', async () => {
    requests.length = 0;
    await create(said({ success: true, message: 'ok', data: {} }));
    expect(requests).toEqual([
      {
        subject: 'certificate.createCertificate',
        data: { createCertificateInput: { userId: 'u1', courseId: 'c1' } },
      },
    ]);
  });

  it.each([
    [said({ success: true, message: 'ok', data: { id: 1 } }), { kind: 'issued' }],
    [said({ data: { id: 1 } }), { kind: 'issued' }],
    [
      said({ success: false, message: 'Certificate already exists' }),
      { kind: 'exists', reason: 'Certificate already exists' },
    ],
    [refused({ statusCode: 409 }), { kind: 'exists', reason: 'status 409' }],
    [
      said({ success: false, message: 'User is banned' }),
      { kind: 'refused', reason: 'User is banned' },
    ],
    [refused('User not found'), { kind: 'refused', reason: 'User not found' }],
  ])('reads %j', async (answer, outcome) => {
    await expect(create(answer)).resolves.toEqual(outcome);
  });

  it.each([
    [said(null)],
    [said('done')],
    [said({})],
    [said({ success: false })],
    [refused({ status: 503 })],
  ])('does not take %j for an outcome', async (answer) => {
    await expect(create(answer)).rejects.toThrow(PeerUnavailableError);
  });
});

describe('exists', () => {
  it('asks in the form of the wire contract', async () => {
    requests.length = 0;
    await exists(said({ exists: false }));
    expect(requests).toEqual([
      { subject: 'certificate.checkCertificateExisted', data: { studentId: 'u1', courseId: 'c1' } },
    ]);
  });

  it.each([
    [said({ exists: true }), true],
    [said({ exists: false }), false],
    [said({ success: true, data: { exists: true } }), true],
    [said(null), false],
    [refused('Certificate not found'), false],
    [said({ success: false, message: 'not found', data: null }), false],
    [refused('Certificate already exists'), true],
  ])('reads %j', async (answer, expected) => {
    await expect(exists(answer)).resolves.toBe(expected);
  });

  it.each([
    [said({})],
    [said('yes')],
    [said({ exists: 'yes' })],
    [refused({ status: 500 })],
    [refused({})],
  ])('does not guess from %j', async (answer) => {
    await expect(exists(answer)).rejects.toThrow(PeerUnavailableError);
  });
});
