import { computed, signal } from '@preact/signals';
import { chooseLanguage } from '../i18n/language.ts';
import { serviceTime } from './clock.ts';
import { askHost, hearHost, isEmbedded, tellProblem } from './host.ts';
import { askTabs, hearTabs, offerToTabs } from './tabs.ts';
import { personOf } from './token.ts';

const ASK_BEFORE_END_MS = 60_000;
const ASK_AGAIN_MS = 2_000;
/** A host may hand out the same token again, or one that ends soon: it is not asked all the time. */
const RENEW_AFTER_MINIMUM_MS = 5_000;
/** The first answer has come, where one comes. */
const UNTIL_ANSWERED_MS = 5_000;
/** The service tells its time in whole seconds. */
const CLOCK_GRAIN_MS = 1_000;
/** The longest that a timer can wait. */
const TIMER_MAXIMUM_MS = 2_147_483_647;

/** The token is kept here only: no cookie, no storage, no address. */
export const token = signal<string | null>(null);

/** Whom it names; null while nobody is signed in. */
export const person = computed(() => (token.value === null ? null : personOf(token.value)));

/** Why nobody is signed in: what was handed over may be no token at all. */
export const signedOut = signal<'never' | 'unreadable' | 'expired' | 'refused'>('never');

/** Whose sign-in ended here: what they looked at is not for the next one. */
let former: string | null = null;

let renewal: number | undefined;
let asking: number | undefined;

/** Takes the token of the address, or asks the host for one, or other tabs. @returns when most of these have answered */
export async function startSession(): Promise<void> {
  hearHost(({ token, locale, theme }) => {
    if (locale !== undefined) void chooseLanguage([locale]);
    if (theme !== undefined) document.documentElement.dataset['theme'] = theme;
    if (token !== undefined) signIn(token);
  });
  hearTabs({
    own: () => token.peek(),
    answered: signIn,
    offered(given) {
      if (token.peek() !== null) return;
      if (former === null || former === personOf(given)?.userId) signIn(given);
    },
  });
  window.addEventListener('hashchange', takeFragment);
  takeFragment();
  if (token.value !== null) return;
  ask();
  await askTabs();
}

/** `#token=…`, which browsers send to nobody, is also taken out of the address and the history at once. */
function takeFragment(): void {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given === null) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  signIn(given);
  if (token.peek() === given) offerToTabs(given);
}

function signIn(given: string): void {
  const named = personOf(given);
  if (named === null) return misread();
  clearInterval(asking);
  clearTimeout(renewal);
  token.value = given;
  if (named.expiresAt === null) return;
  if (isEmbedded) renewal = after(untilRenewal(named.expiresAt - serviceTime()), ask);
  else endAt(named.expiresAt);
}

/** This device's clock may be wrong: the service's is known with its first answer, which also refuses what has ended. */
function endAt(end: number): void {
  const left = end - serviceTime();
  renewal = after(left > 0 ? left : UNTIL_ANSWERED_MS, () =>
    end > serviceTime() ? endAt(end) : endSession('expired'),
  );
}

/** Whoever is signed in stays so. */
function misread(): void {
  if (token.peek() === null) signedOut.value = 'unreadable';
  tellProblem('TOKEN_UNREADABLE');
}

/** The service refused this token: a newer one may be in use by now. */
export function refuse(refused: string | null): void {
  if (refused === null || refused !== token.peek()) return;
  const { expiresAt } = person.peek()!;
  const isPast = expiresAt !== null && expiresAt <= serviceTime() + CLOCK_GRAIN_MS;
  endSession(isPast ? 'expired' : 'refused');
}

function endSession(why: 'expired' | 'refused'): void {
  clearTimeout(renewal);
  former = person.peek()!.userId;
  tellProblem(why === 'expired' ? 'TOKEN_EXPIRED' : 'TOKEN_REFUSED');
  signedOut.value = why;
  token.value = null;
  ask();
}

/** A minute before the end; of a shorter token, after half of its time. */
const untilRenewal = (left: number): number =>
  left > ASK_BEFORE_END_MS ? left - ASK_BEFORE_END_MS : Math.max(left / 2, RENEW_AFTER_MINIMUM_MS);

let askedAt = -ASK_AGAIN_MS;

/** Asks until the host answers: it may not listen yet. What it answers may be refused again, so there is a pause. */
function ask(): void {
  if (!isEmbedded) return;
  const tell = () => {
    askedAt = performance.now();
    askHost();
  };
  clearInterval(asking);
  asking = window.setInterval(tell, ASK_AGAIN_MS);
  if (performance.now() - askedAt >= ASK_AGAIN_MS) tell();
}

const after = (milliseconds: number, act: () => void): number =>
  window.setTimeout(act, Math.min(Math.max(0, milliseconds), TIMER_MAXIMUM_MS));
