import { attach } from 'progress-player';
import { lesson, show } from './lesson.ts';

const player = attach(document.querySelector('video')!, lesson);
show(player);
void player.resume();
