import { attach } from 'progress-player';
import videojs from 'video.js';
import 'video.js/dist/video-js.css';
import { lesson, show } from './lesson.ts';

const screen = videojs(document.querySelector('video-js')!, {
  sources: [{ src: '/userProgress/demo/tides.webm', type: 'video/webm' }],
});
screen.ready(() => {
  // The element that plays, not the one around it.
  const player = attach(screen.el().querySelector('video')!, lesson);
  show(player);
  void player.resume();
});
