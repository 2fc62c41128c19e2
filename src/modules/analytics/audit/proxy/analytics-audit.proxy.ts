import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../../common/database/database.js';
import { ENVIRONMENT, type Environment } from '../../../../config/environment.js';
import { figuresChanged } from '../../folding/proxy/sql/figures-changed.js';
import { beginSnapshot } from '../../reading/proxy/sql/begin-snapshot.js';
import { rebuildStatements, verifyStatements, WALKS, type Walk } from './sql/checks.js';
import { beginRepeatableRead, isBuilt, useOneConnection, waitForState } from './sql/state.js';

/** A part of a walk: keys after the first (excluded) up to the second (included), or to the end. */
export interface Portion {
  walk: string;
  after: string;
  upTo: string | null;
}

/** A row that is not what it should be. */
export interface FigureDifference {
  table: string;
  /** The values of its primary key. */
  key: string;
  /** One text for each column that differs. */
  differences: string[];
}

/** What was found in a portion: at most 100 differences a check are told, and all are counted. */
export interface FoundDifferences {
  told: FigureDifference[];
  found: number;
}

@Injectable()
export class AnalyticsAuditProxy {
  private readonly daysKept: number;

  constructor(
    private readonly database: Database,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.daysKept = environment.ANALYTICS_DAYS_KEPT;
  }

  /** The portion that follows the key on that walk. */
  async portion(walk: string, after: string): Promise<Portion> {
    const [row] = await this.database.query(walkOf(walk).end, [after, this.sizeOf(walk)]);
    return { walk, after, upTo: row?.upTo ?? null };
  }

  protected sizeOf(walk: string): number {
    return walkOf(walk).size;
  }

  /** The portion after that one: null behind the last. */
  next({ walk, upTo }: Portion): { walk: string; after: string } | null {
    if (upTo !== null) return { walk, after: upTo };
    const following = WALKS[WALKS.indexOf(walkOf(walk)) + 1];
    return following ? { walk: following.name, after: '' } : null;
  }

  /** Makes the transaction read as of one moment. Nothing may have been read in it. */
  async beginSnapshot(): Promise<void> {
    await this.database.query(beginSnapshot, []);
  }

  /** Makes the transaction read each machine of a distributed database as of one moment. Nothing may have been read in it. */
  async beginMomentOfEachMachine(): Promise<void> {
    await this.database.query(beginRepeatableRead, []);
    await this.database.query(useOneConnection, []);
  }

  async isBuilt(): Promise<boolean> {
    const [state] = await this.database.query(isBuilt, []);
    return state?.built ?? false;
  }

  /** Waits until nobody folds, and keeps folders away until the transaction ends. */
  async waitForState(): Promise<void> {
    await this.database.query(waitForState, []);
  }

  /** Tells who shows figures that they are others; the state must be locked. */
  async figuresChange(): Promise<void> {
    await this.database.query(figuresChanged, []);
  }

  async differences({ walk, after, upTo }: Portion): Promise<FoundDifferences> {
    const told: FigureDifference[] = [];
    let found = 0;
    for (const check of walkOf(walk).checks) {
      const statement = verifyStatements.get(check)!;
      const rows = await this.database.query(statement, [after, upTo, this.daysKept]);
      found += rows[0]?.found ?? 0;
      for (const { key, differences } of rows) told.push({ table: check.table, key, differences });
    }
    return { told, found };
  }

  /** Makes the portion as it should be; the state must be locked. @returns how many rows were not */
  async rebuild({ walk, after, upTo }: Portion): Promise<number> {
    let rows = 0;
    for (const check of walkOf(walk).checks) {
      const statement = rebuildStatements.get(check)!;
      const [rebuilt] = await this.database.query(statement, [after, upTo, this.daysKept]);
      rows += rebuilt!.rows;
    }
    return rows;
  }
}

/** Where all walks begin. */
export const FIRST = { walk: WALKS[0]!.name, after: '' };

/** @throws Error when there is no such walk: another version stored its name */
function walkOf(name: string): Walk {
  const walk = WALKS.find((one) => one.name === name);
  if (!walk) throw new Error(`there is no walk ${name}`);
  return walk;
}
