import { config } from '../config.ts';
import { text } from '../i18n/text.ts';
import { isEmbedded } from '../session/host.ts';
import { signedOut } from '../session/session.ts';
import { Page } from '../ui/page.tsx';

/** Nobody is signed in: there is nothing to see, and a way to where one signs in. */
export function SignInPage() {
  if (isEmbedded) return <p class="nothing">{text('signIn.waiting')}</p>;
  const address = config.signInUrl.replaceAll('{returnTo}', encodeURIComponent(location.href));
  return (
    <Page name={text('signIn.title')}>
      <p class="note">{text(signedOut.value === 'expired' ? 'signIn.expired' : 'signIn.never')}</p>
      {address !== '' && (
        <p>
          <a class="button" href={address}>
            {text('signIn.go')}
          </a>
        </p>
      )}
    </Page>
  );
}
