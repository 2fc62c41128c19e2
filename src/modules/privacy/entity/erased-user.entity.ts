import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A tombstone: without it, late beats would bring an erased learner back. */
@Entity('erased_user')
@Index('erased_user_unfinished', ['nextSweepAt'], { where: 'finished_at IS NULL' })
export class ErasedUserEntity {
  /** SHA-256 of the user's id. */
  @PrimaryColumn({ name: 'user_hash', type: 'bytea' })
  userHash: Buffer;

  @Column({ name: 'erased_at', type: 'timestamptz', default: () => 'now()' })
  erasedAt: Date;

  /** The user whose rows are still to be deleted; null when all are. */
  @Column({ name: 'user_id', type: 'varchar', length: 26, nullable: true })
  userId: string | null;

  /** When to look for the user's rows again; null when the erasure is finished. */
  @Column({ name: 'next_sweep_at', type: 'timestamptz', nullable: true })
  nextSweepAt: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
}
