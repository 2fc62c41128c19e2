import type { Outline } from './outline.ts';

/** The chart is where it becomes hard. */
export const WEATHER: Outline = {
  id: '6740a1f0c3d2e4b5a6978813',
  title: 'Weather for sailors',
  popularity: 16,
  weeks: [7, 9, 8, 8, 11, 8, 9, 12, 10, 14],
  hadPilot: true,
  sections: [
    [
      'The air',
      [
        ['Pressure and wind', 470, { introLoss: 0.17, hard: [196, 233, 0.24] }],
        ['Why it rains', 525, { dull: [304, 350, 0.15] }],
        ['Highs, lows and fronts', 680, { hard: [352, 401, 0.37] }],
      ],
    ],
    [
      'The forecast',
      [
        ['Reading a synoptic chart', 815, { hard: [402, 461, 0.33], wall: 0.26 }],
        ['What models know', 560, { dull: [208, 259, 0.2] }],
        ['Clouds that warn', 430],
      ],
    ],
    [
      'On board',
      [
        ['Sea breeze', 385],
        ['Squalls and thunderstorms', 610, { hard: [290, 322, 0.21] }],
        ['Deciding to stay in port', 340],
      ],
    ],
  ],
};

/** Long and thorough: few complete it within ten weeks. */
export const COASTAL_NAVIGATION: Outline = {
  id: '6740a1f0c3d2e4b5a6978814',
  title: 'Coastal navigation',
  popularity: 13,
  weeks: [8, 10, 15, 12, 11, 17, 9, 0, 0, 0],
  hadPilot: false,
  sections: [
    [
      'The chart',
      [
        ['What a chart tells', 540, { introLoss: 0.16, dull: [301, 352, 0.11] }],
        ['Latitude and longitude', 395],
        ['Distance, speed, time', 360, { hard: [140, 171, 0.18] }],
        ['The compass and its errors', 720, { hard: [330, 388, 0.39], wall: 0.14 }],
      ],
    ],
    [
      'Where we are',
      [
        ['Bearings', 485, { hard: [201, 238, 0.22] }],
        ['The three-point fix', 530, { hard: [244, 281, 0.29] }],
        ['Soundings', 310],
        ['Using electronics wisely', 455, { dull: [180, 222, 0.16] }],
      ],
    ],
    [
      'Where we go',
      [
        ['Tidal streams', 690, { hard: [366, 418, 0.35] }],
        ['Course to steer', 840, { hard: [420, 489, 0.48], wall: 0.22 }],
        ['Entering a harbour', 515],
        ['A passage, planned together', 905, { dull: [505, 560, 0.1] }],
      ],
    ],
  ],
};
