import type { Outline } from './outline.ts';

/** Many wait for their starter, and do not come back. */
export const BREAD: Outline = {
  id: '6740a1f0c3d2e4b5a6978811',
  title: 'Bread from scratch',
  popularity: 34,
  weeks: [10, 12, 11, 16, 10, 9, 12, 8, 7, 5],
  hadPilot: true,
  sections: [
    [
      'Flour, water, salt',
      [
        ['What flour does', 380, { introLoss: 0.21, hard: [222, 251, 0.16] }],
        ['Your first starter', 640, { wall: 0.24, dull: [288, 336, 0.12] }],
        ['Mixing and autolyse', 455, { hard: [130, 162, 0.2] }],
      ],
    ],
    [
      'The dough',
      [
        ['Folding instead of kneading', 520, { hard: [214, 248, 0.34] }],
        ['Reading the dough', 700, { dull: [402, 455, 0.17], hard: [180, 209, 0.22] }],
        ['Shaping a boule', 610, { introLoss: 0.08, hard: [305, 352, 0.42], wall: 0.05 }],
        ['Proofing overnight', 415],
      ],
    ],
    [
      'The oven',
      [
        ['Scoring', 330, { hard: [96, 121, 0.3] }],
        ['Baking with steam', 560, { dull: [330, 372, 0.1] }],
        ['What went wrong?', 485],
      ],
    ],
  ],
};

/** Everybody replays the pour. */
export const LATTE_ART: Outline = {
  id: '6740a1f0c3d2e4b5a6978812',
  title: 'Latte art, step by step',
  popularity: 26,
  weeks: [12, 9, 14, 9, 22, 10, 6, 6, 5, 4],
  hadPilot: false,
  sections: [
    [
      'Milk',
      [
        ['Which milk, and why', 290, { introLoss: 0.22, dull: [151, 172, 0.14] }],
        ['Stretching and rolling', 445, { hard: [188, 219, 0.36] }],
        ['Silky, not foamy', 360],
      ],
    ],
    [
      'The pour',
      [
        ['Height, speed and flow', 410, { dull: [236, 268, 0.09] }],
        ['The heart', 535, { hard: [262, 304, 0.46] }],
        ['The tulip', 590, { hard: [288, 339, 0.5], wall: 0.17 }],
        ['The rosetta', 640, { hard: [330, 384, 0.44], wall: 0.08 }],
        ['Practising without milk', 275],
      ],
    ],
  ],
};

/** Short, and most of those who begin it complete it. */
export const NIGHT_SKY: Outline = {
  id: '6740a1f0c3d2e4b5a6978815',
  title: 'The night sky without a telescope',
  popularity: 15,
  weeks: [9, 7, 8, 10, 8, 24, 13, 6, 0, 0],
  hadPilot: false,
  sections: [
    [
      'Finding your way',
      [
        ['Let your eyes adapt', 255, { introLoss: 0.12 }],
        ['From the Plough to Polaris', 390, { hard: [148, 180, 0.28] }],
        ['The ecliptic', 520, { dull: [270, 311, 0.18], hard: [120, 149, 0.25] }],
      ],
    ],
    [
      'What moves',
      [
        ['Five planets', 465],
        ['Phases and eclipses', 540, { hard: [246, 283, 0.31], wall: 0.07 }],
        ['Meteors, satellites, aurora', 420],
      ],
    ],
  ],
};
