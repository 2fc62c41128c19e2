import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A tombstone: late beats must not bring an erased learner back. */
@Entity('erased_user')
export class ErasedUserEntity {
  /** SHA-256 of the user's id. */
  @PrimaryColumn({ name: 'user_hash', type: 'bytea' })
  userHash: Buffer;

  @Column({ name: 'erased_at', type: 'timestamptz', default: () => 'now()' })
  erasedAt: Date;
}
