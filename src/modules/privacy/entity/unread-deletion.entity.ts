import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A message on `user.deleted` that does not say which user is deleted. */
@Entity('unread_deletion')
export class UnreadDeletionEntity {
  /** SHA-256 of the message: every process hears it, and it is kept once. */
  @PrimaryColumn({ type: 'bytea' })
  digest: Buffer;

  @Column({ name: 'received_at', type: 'timestamptz', default: () => 'now()' })
  receivedAt: Date;

  @Column({ type: 'text' })
  problem: string;

  /** The message, cleaned of e-mail addresses and secrets. */
  @Column({ type: 'text' })
  message: string;
}
