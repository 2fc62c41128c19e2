import { Injectable } from '@nestjs/common';
import type { PersonalTable } from './personal-table.js';

/** Every table with personal data of learners. Modules add theirs when they are created, before the service starts. */
@Injectable()
export class PersonalData {
  private readonly byRank = new Map<number, PersonalTable>();

  /** @throws Error when two tables have the same rank. */
  add(...tables: PersonalTable[]): void {
    for (const table of tables) {
      const other = this.byRank.get(table.rank);
      if (other) throw new Error(`${table.table} and ${other.table} have the same rank`);
      this.byRank.set(table.rank, table);
    }
  }

  /** The tables in the order of erasing. */
  get tables(): readonly PersonalTable[] {
    return [...this.byRank.values()].sort((one, other) => one.rank - other.rank);
  }
}
