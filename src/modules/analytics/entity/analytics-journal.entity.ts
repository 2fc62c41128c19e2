import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The moves of one transaction, until they are folded into the sums: by how much its changes move each figure
 * (`journal/move.ts`). Rows are folded in the order of their ids.
 */
@Entity('analytics_journal')
export class AnalyticsJournalEntity {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: string;

  /** When the transaction began. */
  @Column({ type: 'timestamptz', default: () => 'now()' })
  at: Date;

  /** Any learner of the batch: on a distributed database, the row is where the batch's records are. */
  @Column({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  @Column({ type: 'json' })
  moves: unknown;
}
