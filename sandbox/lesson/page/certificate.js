import { ask } from './network.js';

const LOOK_EVERY_MS = 1_500;
const STATUS = `query ($userId: String!, $courseId: String!) {
  certificateStatus(userId: $userId, courseId: $courseId) { data { status issued_at } } }`;

const WORDS = {
  REQUESTED: ['The lesson is complete', 'The certificate was requested. It arrives in a moment.'],
  PARKED: ['The certificate is on hold', 'The certificate service refused it.'],
  ISSUED: ['Here is your certificate', ''],
};

/** Shows the certificate of the course. Looks again, once the lesson is complete, until it was issued. */
export async function showCertificate({ token, userId, courseId }) {
  const { certificateStatus } = await ask(token, STATUS, { userId, courseId });
  const { status, issued_at: issuedAt } = certificateStatus?.data ?? {};
  if (!(status in WORDS)) return;
  const [title, text] = WORDS[status];
  element('certificate').dataset.status = status;
  element('certificate-title').textContent = title;
  element('certificate-text').textContent = issuedAt
    ? `Issued once, on ${new Date(issuedAt).toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' })}.`
    : text;
  if (status === 'REQUESTED') {
    setTimeout(() => void showCertificate({ token, userId, courseId }), LOOK_EVERY_MS);
  }
}

const element = (id) => document.getElementById(id);
