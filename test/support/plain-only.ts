/** Specs that TEST_CITUS=true leaves out, and why: each is about something that a distributed database cannot have. */
export const PLAIN_ONLY = [
  // What comes before distribution: the migrations, what they make of older data, and the adoption.
  'test/database/migrate.spec.ts',
  'test/database/own-course-evaluations.spec.ts',
  'test/database/share-lessons.spec.ts',
  'test/database/adoption.spec.ts',
  'test/e2e/adopting-start.spec.ts',
  // It looks at a database before it is distributed.
  'test/database/distribution.spec.ts',
  // Some of their tests make a trigger that fails on purpose. Citus refuses triggers on distributed tables.
  'test/database/write-path.spec.ts',
  'test/database/watch-evidence.spec.ts',
  // It compares with a statement of its own that joins everybody's rows.
  'test/database/completion.spec.ts',
  // It reads the plan of the claim that only a database in one place uses.
  'src/modules/outbox/proxy/outbox.proxy.spec.ts',
  // It changes how the journal is stored, and reads the plan of a fold on one machine.
  'test/database/fold-takes.spec.ts',
  // It measures the tables themselves, which are in shards then.
  'test/database/stored-bytes.spec.ts',
  // The sandbox's database is in one place, and so is the statement that gives it a past.
  'test/e2e/sandbox-history.spec.ts',
  'test/browser/dashboard/*.spec.ts',
  // They set the time of the database: of one machine.
  'test/database/analytics-answers.spec.ts',
  'test/database/analytics-controls.spec.ts',
  // It starts servers of its own.
  'test/database/tls.spec.ts',
];
