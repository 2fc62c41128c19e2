import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Which beats of a player's session were counted. Kept until none of its beats could count any more
 * (`evidence/kept.ts`). A session without gaps needs no more space as it grows.
 */
@Entity('watch_session')
export class WatchSessionEntity {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  @PrimaryColumn({ name: 'session_id', type: 'varchar', length: 64 })
  sessionId: string;

  /** Ranges of sequence numbers. */
  @Column({ type: 'int4multirange', default: '{}' })
  counted: string;

  /** The highest of these numbers, when `latest_at` was stored. Null if the session is older than these columns. */
  @Column({ name: 'latest_seq', type: 'integer', nullable: true })
  latestSeq: number | null;

  /** The latest time of a counted beat, by the player's clock. */
  @Column({ name: 'latest_at', type: 'timestamptz', nullable: true })
  latestAt: Date | null;

  @Column({ name: 'last_seen_at', type: 'timestamptz', default: () => 'now()' })
  lastSeenAt: Date;
}
