import {
  findProgram,
  installPackage,
  isExecutable,
} from '../../../sandbox/servers/system-program.ts';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
/** Where it is installed on systems that have it on no PATH. */
const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Path of Chromium: TEST_CHROMIUM, else one of this machine, else one that is installed from the system's packages if
 * that needs no password. An empty text where there is none: tests in a browser say so, and the others run.
 */
export function ensureChromium(say: (message: string) => void): string {
  const found = findChromium();
  if (found) return found;
  // On macOS it is a download of hundreds of megabytes that asks for permissions: nothing to begin unasked.
  if (process.platform === 'linux') installPackage('chromium', say);
  const installed = findChromium() ?? '';
  if (!installed) say('There is no Chromium here: the tests in a browser are left out.');
  return installed;
}

function findChromium(): string | undefined {
  const { TEST_CHROMIUM } = process.env;
  return TEST_CHROMIUM || findProgram(NAMES) || USUAL_PLACES.find(isExecutable);
}
