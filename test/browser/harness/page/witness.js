/**
 * What was really played, seen without the player: stretches of the film, `from` to `sure` in seconds. The film was
 * looked at every LOOK_EVERY_MS, so the end of a stretch may be as late as `latest`, and its start as early as
 * `earliest`.
 */
(() => {
  const LOOK_EVERY_MS = 50;
  const TOLERANCE_SECONDS = 0.3;
  const film = document.getElementById('film');
  // A test may hide the film's position from the player, but not from here.
  const position = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime').get;
  // So it may with the clock.
  const clock = window.realClock ?? performance.now.bind(performance);

  const name = String(Math.random());
  const stretches = [];
  let last = { at: clock(), position: 0 };
  let current;

  const look = () => {
    const now = { at: clock(), position: position.call(film) };
    if (film.seeking) return;
    const played = now.position - last.position;
    const possible = ((now.at - last.at) / 1_000) * film.playbackRate;
    const tolerance = TOLERANCE_SECONDS * Math.max(1, film.playbackRate);
    if (played > 0 && played <= possible + tolerance) {
      if (!current) {
        current = { earliest: last.position, from: last.position, rate: film.playbackRate };
        stretches.push(current);
      }
      current.sure = now.position;
      current.latest = now.position;
    } else if (played !== 0) {
      current = undefined;
    }
    if (played !== 0) window.onWitness?.(name, stretches);
    last = now;
  };
  const seek = () => {
    if (current) {
      const elapsed = Math.min(clock() - last.at, 1_000) / 1_000;
      current.latest = Math.min(current.sure + elapsed * current.rate, film.duration);
    }
    current = undefined;
    last = { at: clock(), position: position.call(film) };
  };
  const changeRate = () => {
    look();
    current = undefined;
  };

  setInterval(look, LOOK_EVERY_MS);
  for (const type of ['timeupdate', 'pause', 'ended', 'seeked']) {
    window.addEventListener(type, look, true);
  }
  window.addEventListener('seeking', seek, true);
  window.addEventListener('emptied', seek, true);
  window.addEventListener('ratechange', changeRate, true);
  window.witness = { stretches: () => (look(), stretches) };
})();
