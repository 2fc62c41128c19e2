import type { Ledger } from '../load/ledger.ts';
import type { Stage } from '../stage/stage.ts';
import type { Tally } from '../tally.ts';
import { auditCertificates } from './certificates.ts';
import { auditRecords } from './records.ts';
import { auditRollups } from './rollups.ts';

/** Checks everything that must be true after the faults. */
export async function audit(stage: Stage, ledger: Ledger, tally: Tally): Promise<void> {
  tally.count(ledger, stage.services);
  await auditRecords(stage.postgres, ledger, tally);
  await auditCertificates(stage, tally);
  await auditRollups(stage, tally);
}
