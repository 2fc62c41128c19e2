import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What all sums have in common: one row. Folders lock it, so that only one of them folds at a time. */
@Entity('analytics_state')
@Check('analytics_state_is_only_check', 'is_only')
export class AnalyticsStateEntity {
  @PrimaryColumn({ name: 'is_only', type: 'boolean', default: true })
  isOnly: boolean;

  /** The zone of all days, by its IANA name. Another zone needs all days to be built anew. */
  @Column({ name: 'time_zone', type: 'text' })
  timeZone: string;

  /** When learners' days begin: what was watched or completed before has none. */
  @Column({ type: 'timestamptz' })
  since: Date;

  /** When the sums were built from the records; null as long as they are not: they say nothing then. */
  @Column({ name: 'built_at', type: 'timestamptz', nullable: true })
  builtAt: Date | null;

  /** How far the building has come (`audit/history/building.ts`); null before it begins, and when it is done. */
  @Column({ type: 'json', nullable: true })
  building: unknown;

  /** Grows with each change of the figures: with each fold, and when they are built or rebuilt. */
  @Column({ type: 'bigint', default: 0 })
  changes: string;
}
