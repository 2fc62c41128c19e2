import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A tombstone: late beats must not bring an erased learner back. */
@Entity('erased_user')
@Index('erased_user_unfinished', ['nextSweepAt'], { where: 'finished_at IS NULL' })
export class ErasedUserEntity {
  /** SHA-256 of the user's id. */
  @PrimaryColumn({ name: 'user_hash', type: 'bytea' })
  userHash: Buffer;

  @Column({ name: 'erased_at', type: 'timestamptz', default: () => 'now()' })
  erasedAt: Date;

  /** Whose rows are still to be deleted; null as soon as all are. */
  @Column({ name: 'user_id', type: 'varchar', length: 26, nullable: true })
  userId: string | null;

  /** When the rows are looked for again; null once finished. */
  @Column({ name: 'next_sweep_at', type: 'timestamptz', nullable: true })
  nextSweepAt: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
}
