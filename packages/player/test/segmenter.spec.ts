import { expect, it } from 'vitest';
import type { MediumState } from '../src/medium.js';
import { createSegmenter, type Piece } from '../src/segments/segmenter.js';

/** A medium that is read four times a second, and a segmenter that cuts it into pieces. */
function stage(given: Partial<MediumState> = {}) {
  const pieces: Piece[] = [];
  const segmenter = createSegmenter(30, (piece) => {
    if (!piece.open) pieces.push({ ...piece });
  });
  const state = {
    currentTime: 0,
    duration: 600.4,
    paused: false,
    seeking: false,
    ended: false,
    readyState: 4,
    playbackRate: 1,
    ...given,
  };
  let now = 1_000_000;
  const sample = (at = state.currentTime) => {
    state.currentTime = at;
    segmenter.sample(state, now);
  };
  return {
    state,
    sample,
    seek(to: number) {
      state.currentTime = to;
      segmenter.seek(state, now);
      sample();
    },
    pass: (seconds: number) => void (now += seconds * 1_000),
    play(seconds: number) {
      for (let left = seconds; left > 1e-9; left -= 0.25) {
        now += 250;
        sample(state.currentTime + 0.25 * state.playbackRate);
      }
    },
    pieces() {
      segmenter.seal();
      return pieces.map(({ from, to }) => [from, to]);
    },
    end() {
      state.ended = true;
      segmenter.stop(state, now);
    },
  };
}

it('a position that falls back by some frames is no jump', () => {
  const { sample, play, pieces, state } = stage();
  sample();
  play(10);
  sample(state.currentTime - 0.26);
  play(10);
  expect(pieces()).toEqual([[0, 19]]);
});

it('a medium that stands without an event plays nothing', () => {
  const { sample, play, pass, pieces } = stage();
  sample();
  play(5);
  for (let looks = 0; looks < 60; looks += 1) {
    pass(1);
    sample();
  }
  play(5);
  expect(pieces()).toEqual([[0, 10]]);
});

it('a jump without an event claims nothing of what was skipped', () => {
  const { sample, play, pieces } = stage();
  sample();
  play(5.5);
  sample(100);
  play(5);
  expect(pieces()).toEqual([
    [0, 5],
    [100, 105],
  ]);
});

it('a medium that tells its position every two seconds only has played everything', () => {
  const { sample, pass, pieces } = stage();
  sample();
  for (let looks = 1; looks <= 80; looks += 1) {
    pass(0.25);
    sample(Math.floor(looks / 8) * 2);
  }
  expect(pieces()).toEqual([[0, 20]]);
});

it('the part of a second at the end counts as the service counts it', () => {
  for (const [duration, last] of [
    [12.4, 12],
    [12.6, 13],
  ] as const) {
    const { sample, play, pieces, end, state } = stage({ duration });
    sample();
    play(12.25);
    state.currentTime = duration;
    end();
    expect(pieces()).toEqual([
      [0, last],
      [last, last],
    ]);
  }
});

it.each([
  ['a medium that ends far from its end has not played the rest', {}],
  ['a live stream, which has no length, ends where it was', { duration: Infinity }],
])('%s', (_, medium) => {
  const { sample, play, pieces, end } = stage(medium);
  sample();
  play(10);
  end();
  expect(pieces()).toEqual([
    [0, 10],
    [10, 10],
  ]);
});

it('scrubbing claims nothing', () => {
  const { sample, pass, seek, pieces } = stage();
  sample();
  for (let moves = 1; moves < 50; moves += 1) {
    pass(0.08);
    seek(moves * 10.95);
  }
  expect(pieces()).toEqual([]);
});

it('rates beyond what the service takes are not recorded', () => {
  const { sample, play, pieces, state } = stage({ playbackRate: 0 });
  sample();
  play(5);
  state.playbackRate = 17;
  play(5);
  expect(pieces()).toEqual([]);
});
