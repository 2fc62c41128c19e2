import { config } from '../config.ts';
import type { Key } from '../i18n/language.ts';
import { phrase, text } from '../i18n/text.ts';
import { isEmbedded } from '../session/host.ts';
import { signedOut } from '../session/session.ts';
import { Page } from '../ui/page.tsx';

const REASONS = {
  never: 'signIn.never',
  unreadable: 'signIn.unreadable',
  expired: 'signIn.expired',
  refused: 'signIn.refused',
} satisfies Record<typeof signedOut.value, Key>;

/** Where `npm start` runs the service. */
const OWN_MACHINE = ['localhost', '127.0.0.1'];

/** Nobody is signed in: why, and what to do about it. */
export function SignInPage() {
  if (isEmbedded) return <p class="nothing">{text('signIn.waiting')}</p>;
  const address = config.signInUrl.replaceAll('{returnTo}', encodeURIComponent(location.href));
  return (
    <Page name={text('signIn.title')}>
      <p class="note">{text(REASONS[signedOut.value])}</p>
      {address === '' ? (
        <Advice />
      ) : (
        <p>
          <a class="button" href={address}>
            {text('signIn.go')}
          </a>
        </p>
      )}
    </Page>
  );
}

/** Where there is no page to sign in: an address brought them here, and will do so again. */
function Advice() {
  return (
    <>
      <p>{text('signIn.again')}</p>
      {OWN_MACHINE.includes(location.hostname) && (
        <p class="note">
          {phrase('signIn.command', { command: <code dir="ltr">npm start</code> })}
        </p>
      )}
    </>
  );
}
