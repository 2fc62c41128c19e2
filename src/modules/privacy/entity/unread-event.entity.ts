import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A deletion of a user that was announced in a form that nobody understands. It waits for an administrator. */
@Entity('unread_event')
export class UnreadEventEntity {
  /** SHA-256 of the event: every process hears it, and stores it once. */
  @PrimaryColumn({ name: 'body_hash', type: 'bytea' })
  bodyHash: Buffer;

  /** The NATS subject. */
  @Column({ type: 'text' })
  subject: string;

  /** The first part of the event. It may hold personal data. */
  @Column({ type: 'text' })
  body: string;

  /** Why it is not understood. */
  @Column({ type: 'text' })
  reason: string;

  @Column({ name: 'received_at', type: 'timestamptz', default: () => 'now()' })
  receivedAt: Date;
}
