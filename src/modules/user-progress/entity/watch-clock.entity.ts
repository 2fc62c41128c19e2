import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One hour of a learner's wall clock: which of its seconds were already credited, on any device. */
@Entity('watch_clock')
export class WatchClockEntity {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 26 })
  userId: string;

  /** Hours since 1970-01-01T00:00Z. */
  @PrimaryColumn({ type: 'integer' })
  hour: number;

  /** Ranges of seconds of this hour (0 to 3600) by playback rate in thousandths: `{"1000": [[0, 600]]}`. */
  @Column({ type: 'jsonb', default: {} })
  credited: Record<string, [number, number][]>;

  /** Seconds credited beyond the clock, from the slack of this hour. */
  @Column({ name: 'slack_used', type: 'integer', default: 0 })
  slackUsed: number;
}
