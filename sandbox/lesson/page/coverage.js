/** Paints which seconds of the lesson were seen: those that are stored, and over them those that were just played. */
export function createCoverage(canvas, lessonSeconds) {
  let stored = [];
  let played = [];

  const paint = () => {
    const { width, height } = canvas.getBoundingClientRect();
    const scale = window.devicePixelRatio;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext('2d');
    const colour = (name) => getComputedStyle(canvas).getPropertyValue(name);
    const fill = (ranges, name) => {
      pen.fillStyle = colour(name);
      for (const { from, to } of ranges) {
        const left = Math.floor((from / lessonSeconds) * canvas.width);
        const right = Math.ceil((to / lessonSeconds) * canvas.width);
        pen.fillRect(left, 0, right - left, canvas.height);
      }
    };
    fill([{ from: 0, to: lessonSeconds }], '--empty');
    fill(played, '--played');
    fill(stored, '--stored');
  };

  new ResizeObserver(paint).observe(canvas);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  return {
    /** @param {{ from: number, to: number }[]} ranges in seconds of the lesson */
    setStored(ranges) {
      stored = ranges;
      const text = ranges.map(({ from, to }) => `${from} to ${to}`).join(', ');
      canvas.setAttribute('aria-label', text ? `Seconds seen: ${text}` : 'Nothing seen yet');
      paint();
    },
    /** @param {TimeRanges} ranges what this page has played */
    setPlayed(ranges) {
      played = Array.from({ length: ranges.length }, (_, at) => ({
        from: ranges.start(at),
        to: ranges.end(at),
      }));
      paint();
    },
  };
}
