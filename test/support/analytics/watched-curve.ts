import fc from 'fast-check';

/** Between two beats of a learner: longer than a beat, so that each is credited. */
const BETWEEN_MS = 100_000;

/** Some learners of the first so many. */
const some = fc
  .record({ first: fc.nat(23), count: fc.integer({ min: 1, max: 12 }) })
  .map(({ first, count }) => new Set(Array.from({ length: count }, (_, n) => (first + n) % 24)));

/**
 * Many learners watch the lesson: some leave at the same moments, and some see the same parts again. So its curve has
 * falls, close to each other and near the end, and hotspots that stand out by a little.
 */
export const watchedCurve = (lesson: number) =>
  fc
    .record({
      learners: fc.constantFrom(19, 20, 24),
      leaves: fc.array(fc.record({ at: fc.integer({ min: 3, max: 60 }), who: some }), {
        ...{ minLength: 1, maxLength: 5, size: 'max' },
      }),
      replays: fc.array(
        fc.record({ from: fc.nat(55), length: fc.integer({ min: 1, max: 30 }), who: some }),
        { minLength: 1, maxLength: 5, size: 'max' },
      ),
    })
    .map(({ learners, leaves, replays }) =>
      Array.from({ length: learners }, (_, learner) => ({
        ...{ kind: 'beats' as const, learners: [learner], lessons: [lesson], seconds: 0 },
        beats: [
          { from: 0, length: leaves.findLast(({ who }) => who.has(learner))?.at ?? 60, ago: 0 },
          ...replays
            .filter(({ who }) => who.has(learner))
            .map(({ from, length }, n) => ({ from, length, ago: (n + 1) * BETWEEN_MS })),
        ],
      })),
    );
