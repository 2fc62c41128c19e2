import { FOREIGN_KEYS, KEYS, LEARNERS_TABLES, REFERENCE_TABLES } from './tables.js';

/** One step of the distribution: a transaction of its own. */
export interface Step {
  readonly does: string;
  /** Whether it is still to do: SQL of a boolean. */
  readonly isDue: string;
  readonly commands: readonly string[];
}

export interface Coordinator {
  readonly host: string;
  readonly port: number;
}

/** Citus knows a table that has a foreign key to a reference table; that alone makes it neither of the two. */
const notDistributed = (table: string): string => `NOT EXISTS (
    SELECT FROM pg_dist_partition
    WHERE logicalrelid = '${table}'::regclass AND (partmethod = 'h' OR repmodel = 't'))`;

const firstLearners = LEARNERS_TABLES[0];

/** What makes this database one that Citus can distribute. */
export const preparation = ({ host, port }: Coordinator): readonly Step[] => [
  {
    does: `registers the coordinator as ${host}:${port}, where its workers reach it`,
    isDue: 'NOT EXISTS (SELECT FROM pg_dist_node WHERE groupid = 0)',
    commands: [`SELECT citus_set_coordinator_host('${host.replaceAll("'", "''")}', ${port})`],
  },
  {
    does: 'lets the coordinator hold shards, since there is no worker yet',
    isDue: 'NOT EXISTS (SELECT FROM pg_dist_node WHERE shouldhaveshards)',
    commands: [
      `SELECT citus_set_node_property(nodename, nodeport, 'shouldhaveshards', true)
       FROM pg_dist_node WHERE groupid = 0`,
    ],
  },
];

/** The tables, in an order in which each step finds what it needs. */
export const distribution: readonly Step[] = [
  ...FOREIGN_KEYS.map(({ table, key }) => ({
    does: `drops the foreign key of ${table}: it stays on the coordinator`,
    isDue: `EXISTS (SELECT FROM pg_constraint WHERE conname = '${key}')`,
    commands: [`ALTER TABLE ${table} DROP CONSTRAINT ${key}`],
  })),
  ...KEYS.map(({ table, key, columns }) => ({
    does: `makes ${columns} the key of ${table}`,
    isDue: `pg_get_constraintdef((
      SELECT oid FROM pg_constraint WHERE conname = '${key}' AND conrelid = '${table}'::regclass
    )) <> 'PRIMARY KEY ${columns}'`,
    commands: [
      `ALTER TABLE ${table} DROP CONSTRAINT ${key}, ADD CONSTRAINT ${key} PRIMARY KEY ${columns}`,
    ],
  })),
  {
    does: 'adds an index for records that are looked for by id alone, on every shard',
    isDue: `to_regclass('user_progress_id') IS NULL`,
    commands: ['CREATE INDEX user_progress_id ON user_progress (id)'],
  },
  ...REFERENCE_TABLES.map((table) => ({
    does: `copies ${table} to every node`,
    isDue: notDistributed(table),
    commands: ['SET LOCAL citus.enable_unsafe_triggers = on', copyToEveryNode(table)],
  })),
  ...LEARNERS_TABLES.map((table) => ({
    does: `distributes ${table} by user_id`,
    isDue: notDistributed(table),
    commands: [
      table === firstLearners
        ? `SELECT create_distributed_table('${table}', 'user_id', colocate_with => 'none')`
        : `SELECT create_distributed_table('${table}', 'user_id', colocate_with => '${firstLearners}')`,
    ],
  })),
];

/**
 * A reference table's triggers run on every node that stores the row. Here they run on the coordinator only, where the
 * tables are that they write: once for each change. They are made after the rows were copied: a copied row is no change,
 * and would have every course evaluated anew.
 */
function copyToEveryNode(table: string): string {
  return `
  DO $$
  DECLARE
    definitions text[] := ARRAY(
      SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = '${table}'::regclass AND NOT tgisinternal);
    name text;
    definition text;
  BEGIN
    FOR name IN SELECT tgname FROM pg_trigger WHERE tgrelid = '${table}'::regclass AND NOT tgisinternal LOOP
      EXECUTE format('DROP TRIGGER %I ON ${table}', name);
    END LOOP;
    PERFORM create_reference_table('${table}');
    FOREACH definition IN ARRAY definitions LOOP
      EXECUTE CASE WHEN definition LIKE '% WHEN (%'
        THEN regexp_replace(definition, ' WHEN \\((.*)\\) EXECUTE ', ' WHEN (citus_is_coordinator() AND \\1) EXECUTE ')
        ELSE replace(definition, ' EXECUTE ', ' WHEN (citus_is_coordinator()) EXECUTE ') END;
    END LOOP;
  END $$`;
}
