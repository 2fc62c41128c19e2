import { ProgressReportsResolver } from './modules/user-progress/progress-reports.resolver.js';
import { UserProgressResolver } from './modules/user-progress/user-progress.resolver.js';

/** Every resolver of the API: the schema's file is made from these. */
export const RESOLVERS = [UserProgressResolver, ProgressReportsResolver];
