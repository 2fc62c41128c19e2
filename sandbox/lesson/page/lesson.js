import { showCertificate } from './certificate.js';
import { createCoverage } from './coverage.js';
import { ask, onTraffic, setLoseNext, setOffline } from './network.js';
import { createRequestList } from './requests.js';

const LESSON_SECONDS = 300;
const RECORD = `query ($userId: String!, $lessonId: String!) {
  userProgressByUserAndLesson(userId: $userId, lessonId: $lessonId) {
    data { completed unique_seconds coverage_percentage watched { from to } } } }`;

/** The fragment says who watches what. Browsers send it to nobody. */
const {
  course: courseId,
  lesson: lessonId,
  token,
} = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const element = (id) => document.getElementById(id);
const film = element('film');
const notice = (text) => (element('notice').textContent = text);

if (token) void open(learnerOf(token));
else notice('Open the address that `npm start` prints after “Lesson:”. It says who you are.');

async function open(userId) {
  const coverage = createCoverage(element('coverage'), LESSON_SECONDS);
  const learner = { token, userId, courseId };
  const show = (record) => {
    coverage.setStored(record.watched ?? []);
    element('seen').textContent = `${Math.round(record.coverage_percentage ?? 0)} %`;
    element('seconds').textContent = `${record.unique_seconds ?? 0} of ${LESSON_SECONDS}`;
  };

  // This is all that a page needs. The rest shows what happens.
  const player = window.ProgressPlayer.attach(film, {
    endpoint: '/userProgress/graphql',
    userId,
    courseId,
    lessonId,
    getToken: () => token,
    beatSeconds: 10,
    flushSeconds: 4,
  });

  const list = createRequestList(element('requests'));
  onTraffic((event) => {
    list(event);
    element('hint').hidden = element('requests').childElementCount > 0;
  });
  player.on('progress', show);
  player.on('completed', () => void showCertificate(learner));
  player.on('dropped', () => notice('Some beats were given up: the service will never take them.'));
  film.addEventListener('timeupdate', () => coverage.setPlayed(film.played));
  setInterval(() => void showWaiting(player), 1_000);
  prepareTrials();

  const { userProgressByUserAndLesson: known } = await ask(token, RECORD, { userId, lessonId });
  if (known?.data) show(known.data);
  void showCertificate(learner);
  const position = await player.resume();
  if (position > 0) notice(`Welcome back. You go on at ${clock(position)}.`);
}

async function showWaiting(player) {
  const count = await player.pending();
  element('waiting').textContent = `${count} ${count === 1 ? 'beat' : 'beats'}`;
}

function prepareTrials() {
  const toggle = (id, change) => {
    const button = element(id);
    button.addEventListener('click', () => {
      const pressed = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(pressed));
      change(pressed);
    });
  };
  toggle('faster', (faster) => (film.playbackRate = faster ? 2 : 1));
  toggle('offline', (offline) => {
    setOffline(offline);
    notice(offline ? 'Offline: beats wait in this browser, also over a restart.' : 'Online again.');
  });
  toggle('lose', setLoseNext);
  onTraffic(({ kind, lose }) => {
    if (kind !== 'lose') return;
    element('lose').setAttribute('aria-pressed', String(lose));
    if (!lose) notice('The answer is lost. The beats are sent again, and count once.');
  });
  element('another').href = location.href;
}

function learnerOf(jwt) {
  return JSON.parse(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).sub;
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
