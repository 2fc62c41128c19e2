import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The adoption of the original service's table: at most one row, and none when there was no such table. */
@Entity('adoption')
@Check('adoption_is_only_check', 'is_only')
@Check('adoption_certificates_check', "certificates IN ('assume', 'check', 'request')")
export class AdoptionEntity {
  @PrimaryColumn({ name: 'is_only', type: 'boolean', default: true })
  isOnly: boolean;

  /** The time zone of the original's clocks: its times have none. */
  @Column({ name: 'time_zone', type: 'text' })
  timeZone: string;

  /** What happens to the certificates of courses that were complete already. */
  @Column({ type: 'text' })
  certificates: 'assume' | 'check' | 'request';

  /** The last learner whose records are imported; null before the first. */
  @Column({ type: 'varchar', length: 26, nullable: true })
  position: string | null;

  @Column({ type: 'bigint', default: 0 })
  records: string;

  @Column({ name: 'begun_at', type: 'timestamptz', default: () => 'now()' })
  begunAt: Date;

  /** When everything was imported and verified. */
  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null;
}
