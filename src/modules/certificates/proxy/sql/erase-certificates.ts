import { appendToJournal, certificateMoves } from '../../../analytics/journal/proxy/sql/append.js';
import { eraseRows } from '../../../privacy/proxy/sql/erase-rows.js';

/** Deletes some of a user's certificates, and takes those that were issued out of the figures. */
export const eraseCertificates = eraseRows('certificate', ['user_id', 'course_id'], (gone) =>
  appendToJournal('journalled', certificateMoves(gone, -1)),
);
