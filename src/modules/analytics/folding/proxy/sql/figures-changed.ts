import { statement } from '../../../../../common/database/statement.js';

/** Notes that the figures change, if anything is folded. The state is locked already, so nobody waits for its row. */
export const FIGURES_CHANGED = `
    figures_changed AS (
      UPDATE analytics_state SET changes = changes + 1 WHERE EXISTS (SELECT FROM taken)
    )`;

/** Notes that the figures change without a fold: they are rebuilt. */
export const figuresChanged = statement({
  name: 'figures-changed',
  columns: {},
  text: `UPDATE analytics_state SET changes = changes + 1`,
});
