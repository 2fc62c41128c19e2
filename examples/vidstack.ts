import { attach } from 'progress-player';
import { isVideoProvider } from 'vidstack';
import 'vidstack/player';
import 'vidstack/player/layouts/default';
import 'vidstack/player/styles/default/theme.css';
import 'vidstack/player/styles/default/layouts/video.css';
import 'vidstack/player/ui';
import { lesson, show } from './lesson.ts';

document.querySelector('media-player')!.addEventListener('provider-change', (event) => {
  const provider = event.detail;
  if (!isVideoProvider(provider)) return;
  const player = attach(provider.video, lesson);
  show(player);
  void player.resume();
});
