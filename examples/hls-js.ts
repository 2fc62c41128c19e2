import Hls from 'hls.js';
import { attach } from 'progress-player';
import { lesson, show } from './lesson.ts';

const film = document.querySelector('video')!;
const stream = new Hls();
stream.loadSource('/hls/tides.m3u8');
stream.attachMedia(film);

const player = attach(film, lesson);
show(player);
void player.resume();
