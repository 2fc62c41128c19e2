import { CreateProgress1763900000000 } from './1763900000000-create-progress.js';
import { EvaluateCourses1763900000001 } from './1763900000001-evaluate-courses.js';
import { FinishErasures1763900000002 } from './1763900000002-finish-erasures.js';
import { ClaimByTopic1763900000003 } from './1763900000003-claim-by-topic.js';
import { OwnCourseEvaluations1763900000004 } from './1763900000004-own-course-evaluations.js';
import { AdoptExisting1763900000010 } from './1763900000010-adopt-existing.js';
import { ConfirmCertificates1763900000020 } from './1763900000020-confirm-certificates.js';
import { KeepCursorKey1763900000030 } from './1763900000030-keep-cursor-key.js';
import { ConfirmShrinks1763900000040 } from './1763900000040-confirm-shrinks.js';
import { ShareLessons1763900000050 } from './1763900000050-share-lessons.js';
import { DateEvidence1763900000060 } from './1763900000060-date-evidence.js';
import { KeepUnreadEvents1763900000080 } from './1763900000080-keep-unread-events.js';
import { AnalyseLearning1763900000110 } from './1763900000110-analyse-learning.js';
import { TotalFigures1763900000120 } from './1763900000120-total-figures.js';

/** All migrations, oldest first. */
export const MIGRATIONS = [
  CreateProgress1763900000000,
  EvaluateCourses1763900000001,
  FinishErasures1763900000002,
  ClaimByTopic1763900000003,
  OwnCourseEvaluations1763900000004,
  AdoptExisting1763900000010,
  ConfirmCertificates1763900000020,
  KeepCursorKey1763900000030,
  ConfirmShrinks1763900000040,
  ShareLessons1763900000050,
  DateEvidence1763900000060,
  KeepUnreadEvents1763900000080,
  AnalyseLearning1763900000110,
  TotalFigures1763900000120,
];
