import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The key that seals cursors when `CURSOR_SECRET` is not set: at most one row. If it is missing, the next start makes a
 * new one.
 */
@Entity('cursor_key')
@Check('cursor_key_is_only_check', 'is_only')
@Check('cursor_key_key_check', 'length(key) = 32')
export class CursorKeyEntity {
  @PrimaryColumn({ name: 'is_only', type: 'boolean', default: true })
  isOnly: boolean;

  /** 32 random bytes. */
  @Column({ type: 'bytea' })
  key: Buffer;
}
