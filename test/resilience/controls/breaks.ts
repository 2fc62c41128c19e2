/** Replaces text of a built file while a process loads it. The file itself stays unchanged. */
export interface Edit {
  /** Path below `dist/`. */
  file: string;
  from: string;
  to: string;
}

const facade = 'modules/user-progress/facade/user-progress.facade.js';
const certificates = 'modules/certificates';
const outbox = 'modules/outbox';
const analytics = 'modules/analytics';

/** Ways to break the service. Each removes one thing that a promise depends on. */
export const BREAKS: Readonly<Record<string, readonly Edit[]>> = {
  'acknowledge before commit': [
    {
      file: 'common/database/transactions.js',
      from: 'await (unit.committing ?? commit(client));',
      // PostgreSQL runs a COMMIT that was sent, even if the process dies. So this break sends it later, and keeps the
      // connection until then.
      to: `const giveBack = client.release;
           client.release = () => {};
           setTimeout(() => client.query('COMMIT').catch(() => {}).finally(() => giveBack()), 200);`,
    },
    {
      file: 'common/database/transactions.js',
      from: 'if (!unit)',
      to: 'if (true)',
    },
  ],
  'request inside the transaction': [
    {
      file: `${certificates}/certificate-client.js`,
      from: 'this.nats = nats;',
      to: 'this.nats = nats; globalThis.certificateClient = this;',
    },
    {
      file: 'modules/user-progress/write/commit-batch.facade.js',
      from: 'return { results, summary };',
      to: `for (const { userId, courseId } of summary.completedCourses)
             await globalThis.certificateClient.create(userId, courseId);
           return { results, summary };`,
    },
  ],
  'no lease and no fence': [
    {
      file: `${outbox}/proxy/sql/claim-due.js`,
      from: 'now() + make_interval(secs => $2)',
      to: 'now() + make_interval(secs => $2 * 0)',
    },
    {
      file: `${outbox}/proxy/sql/held-entry.js`,
      from: 'lease_token = $3',
      to: '$3::uuid IS NOT NULL',
    },
  ],
  'repeats without asking': [
    {
      file: `${certificates}/certificate-request.handler.js`,
      from: 'if (await this.check.holds(entry, this.timeoutMs))',
      to: 'if (false)',
    },
  ],
  'believes whoever says that a certificate exists': [
    {
      file: `${certificates}/certificate-check.js`,
      from: `exists ? 'UNTRUSTED' : 'TRUSTED'`,
      to: `'TRUSTED'`,
    },
  ],
  'loses rollups': [
    {
      file: 'modules/user-progress/proxy/sql/write-progress.js',
      from: 'lessons_completed = p.lessons_completed + excluded.lessons_completed',
      to: 'lessons_completed = p.lessons_completed',
    },
  ],
  'needs a peer to complete': [
    {
      file: facade,
      from: 'async complete(key) {',
      to: 'async complete(key) { await this.users.requireUser(`X${Math.random()}`.replace(".", "-"));',
    },
  ],
  'counts beats again': [
    {
      file: 'modules/user-progress/evidence/credit-beat.js',
      from: 'contains(session.counted, beat.seq)',
      to: 'false',
    },
  ],
  'reads what was': [
    {
      file: 'modules/user-progress/proxy/user-progress.proxy.js',
      from: 'async byLessons(keys) {',
      to: `async byLessons(keys) {
             const name = JSON.stringify(keys);
             const memory = (globalThis.memory ??= new Map());
             const before = memory.get(name);
             memory.set(name, await this.byLessonsNow(keys));
             return before ?? memory.get(name);
           }
           async byLessonsNow(keys) {`,
    },
  ],
  'gives NATS up': [
    {
      file: 'common/nats/connection-options.js',
      from: 'maxReconnectAttempts: -1',
      to: 'reconnect: false',
    },
    {
      file: 'common/nats/nats.service.js',
      from: 'this.established = this.establish();\n    }\n    /** A server older',
      to: '}\n    /** A server older',
    },
  ],
  'rests by the wall clock': [
    {
      file: 'common/nats/peer-breaker.js',
      from: 'this.openedAt = performance.now()',
      to: 'this.openedAt = Date.now()',
    },
    {
      file: 'common/nats/peer-breaker.js',
      from: 'performance.now() - this.openedAt',
      to: 'Date.now() - this.openedAt',
    },
  ],
  'does not notice silence of NATS': [
    {
      file: 'common/nats/connection-options.js',
      from: 'pingInterval: 5_000',
      to: 'pingInterval: 600_000',
    },
  ],
  'does not notice silence of PostgreSQL': [
    {
      file: 'common/database/data-source-options.js',
      from: 'answerWithinMs: environment.DB_STATEMENT_TIMEOUT_MS + ANSWER_GRACE_MS',
      to: 'answerWithinMs: 0',
    },
  ],
  'repeats refused requests': [
    {
      file: `${certificates}/proxy/sql/settle-parked.js`,
      from: 'import { parkEntry }',
      to: 'import { retryEntry as parkEntry }',
    },
    {
      file: `${certificates}/proxy/sql/settle-parked.js`,
      from: `parkEntry('stopped', '$4')`,
      to: `parkEntry('stopped', '0', '$4')`,
    },
    {
      file: `${certificates}/proxy/sql/settle-parked.js`,
      from: `c.status = 'REQUESTED'`,
      to: 'false',
    },
  ],
  'takes a failover for a fault of its own': [
    { file: 'common/errors/database-error.js', from: `READ_ONLY,`, to: '' },
  ],
  'leaves its clients at once': [
    { file: 'edge/stop/graceful-stop.js', from: 'draining.begin();', to: 'process.exit(0);' },
  ],
  'counts on quick balancers': [
    { file: 'edge/stop/drain.js', from: 'now - lastRequest >= quietMs', to: 'true' },
  ],
  'lets everybody in': [
    {
      file: 'edge/overload/refuse-overload.js',
      from: 'active >= limit.current',
      to: 'false',
    },
  ],
  'keeps every request in memory': [
    {
      file: 'edge/request-id.js',
      from: `const given = headers['x-request-id'];`,
      to: `(globalThis.kept ??= []).push(Buffer.alloc(131_072, 1));
           const given = headers['x-request-id'];`,
    },
  ],
  'waits for the reader of its log': [
    { file: 'common/logging/log-output.js', from: 'performance.now() < until', to: 'true' },
  ],
  'keeps every line for the reader of its log': [
    {
      file: 'common/logging/log-output.js',
      from: 'this.gathered.length + line.length > WAITING_CHARACTERS',
      to: 'false',
    },
  ],
  'locks rows in any order': [
    ['lock-batch.js', 'u.user_id, u.lesson_id'],
    ['lock-batch.js', 's.user_id, s.session_id'],
    ['lock-batch.js', 'w.user_id, w.hour'],
    ['recount-courses.js', 'p.user_id, p.course_id'],
  ].map(([file, order]) => ({
    file: `modules/user-progress/proxy/sql/${file}`,
    from: `ORDER BY ${order}`,
    to: 'ORDER BY random()',
  })),
  'folds and forgets in two transactions': [
    {
      file: `${analytics}/folding/proxy/sql/moves-taken.js`,
      from: 'DELETE FROM analytics_journal',
      to: 'SELECT user_id, at, moves FROM analytics_journal',
    },
    {
      file: `${analytics}/folding/proxy/sql/moves-taken.js`,
      from: 'RETURNING user_id, at, moves',
      to: '',
    },
    {
      file: `${analytics}/folding/fold-journal.facade.js`,
      from: 'fold(rows) {',
      to: `async fold(rows) {
             const folded = await this.foldOnly(rows);
             const text = 'DELETE FROM analytics_journal WHERE id IN (SELECT id FROM analytics_journal ORDER BY id LIMIT $1)';
             await this.transactions.run(async () =>
               this.proxy.database.query({ name: 'forget', columns: {}, text }, [folded.rows]));
             return folded;
           }
           foldOnly(rows) {`,
    },
  ],
  'does not journal every change': [
    {
      file: `${analytics}/journal/proxy/sql/append.js`,
      from: 'WHERE ${moves} IS NOT NULL',
      to: 'WHERE ${moves} IS NOT NULL AND random() < 0.9',
    },
  ],
  'lets a learner ask as fast as they like': [
    {
      file: 'common/rate-limit/pace.js',
      from: 'const waitMs = Math.max(0, before + takesMs - now);',
      to: 'const waitMs = 0;',
    },
  ],
};
