import { render } from 'preact';
import { startLive } from './api/live.ts';
import { App } from './app.tsx';
import { chooseLanguage } from './i18n/language.ts';
import { tellHeight } from './session/host.ts';
import { startSession } from './session/session.ts';
import './styles/index.css';

const session = startSession();
const asked = new URLSearchParams(location.search).get('lang');
await chooseLanguage([...(asked ? [asked] : []), ...navigator.languages]);
await session;
startLive();
const root = document.getElementById('app')!;
root.replaceChildren();
render(<App />, root);
tellHeight();
