import { CourseAnalyticsResolver } from './modules/analytics/reading/course-analytics.resolver.js';
import { OverviewResolver } from './modules/analytics/reading/overview.resolver.js';
import { CertificatesResolver } from './modules/certificates/certificates.resolver.js';
import { CourseChangesResolver } from './modules/course-changes/course-changes.resolver.js';
import { PrivacyResolver } from './modules/privacy/privacy.resolver.js';
import { ProgressListsResolver } from './modules/user-progress/progress-lists.resolver.js';
import { ProgressTotalsResolver } from './modules/user-progress/progress-totals.resolver.js';
import { UserProgressResolver } from './modules/user-progress/user-progress.resolver.js';

/** Every resolver of the API. The schema's file is made from these. */
export const RESOLVERS = [
  UserProgressResolver,
  ProgressListsResolver,
  ProgressTotalsResolver,
  PrivacyResolver,
  CertificatesResolver,
  CourseChangesResolver,
  CourseAnalyticsResolver,
  OverviewResolver,
];
