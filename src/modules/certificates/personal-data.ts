import { exportedList } from '../privacy/proxy/exported-list.js';
import type { PersonalTable } from '../privacy/personal-table.js';
import { eraseCertificates } from './proxy/sql/erase-certificates.js';
import { exportCertificates } from './proxy/sql/export-certificates.js';

/** The personal data of this module: how it is erased and exported. */
export const CERTIFICATE_TABLE: PersonalTable = {
  table: 'certificate',
  rank: 60,
  erase: eraseCertificates,
  exported: exportedList({
    list: 'certificates',
    statement: exportCertificates,
    toEntry: (certificate) => certificate,
    cursorKey: 'certificateCourseId',
    beginning: '',
    positionOf: ({ courseId }) => courseId,
  }),
};
