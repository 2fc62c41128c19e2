/** What tests call in a page: it attaches the player to the film, and keeps what the player tells. */
(() => {
  const LOOK_EVERY_MS = 20;
  const film = document.getElementById('film');
  const told = [];
  const EVENTS = ['progress', 'answer', 'completed', 'dropped', 'auth', 'durability'];

  const position = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime');
  /** What a film may tell of its position. */
  const SHOWN = {
    'steps back': (real) => (real > 2.5 && real < 2.9 ? real - 0.26 : real),
    'every two seconds': (real) => Math.floor(real / 2) * 2,
  };

  const lesson = {
    film,
    told,
    refreshes: 0,
    token: '',
    attach({ source, muted, token, ...options }) {
      lesson.token = token;
      film.src = source;
      film.muted = muted;
      lesson.player = window.ProgressPlayer.attach(film, {
        ...options,
        getToken: ({ refresh } = {}) => {
          if (refresh) lesson.refreshes += 1;
          return lesson.token;
        },
      });
      for (const type of EVENTS) {
        lesson.player.on(type, (detail) =>
          told.push({ type, detail: JSON.parse(JSON.stringify(detail ?? null)) }),
        );
      }
    },
    /** From now on the film tells its position in this way, to everybody but the witness. */
    showPosition(way) {
      Object.defineProperty(film, 'currentTime', {
        get: () => SHOWN[way](position.get.call(film)),
        set: (second) => position.set.call(film, second),
      });
    },
    /** Resolves when the film has come to that second, or to its end. */
    until: (second) => when(() => film.ended || (film.currentTime >= second && !film.seeking)),
    /** Plays to that second, and stops there at once. */
    async stopAt(second) {
      await film.play();
      await lesson.until(second);
      film.pause();
    },
    /** Resolves when no beat waits any more. */
    delivered: () =>
      when(async () => {
        await lesson.player.flush();
        return (await lesson.player.pending()) === 0;
      }),
  };
  window.lesson = lesson;

  async function when(condition) {
    while (!(await condition())) await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
})();
