import { text } from '../i18n/text.ts';
import { isEmbedded, tellLearner } from '../session/host.ts';
import { Copy } from './copy.tsx';
import { Id } from './id.tsx';
import { learnerAddress } from './links.ts';

/** A learner: leads to them where the service was told an address, or the host shows them; their id can be copied. */
export function Learner({ userId }: { userId: string }) {
  return (
    <span class="learner">
      <LearnerLink userId={userId} />
      <Copy content={userId} label={text('copy.label', { content: userId })} />
    </span>
  );
}

function LearnerLink({ userId }: { userId: string }) {
  const address = learnerAddress(userId);
  if (address !== null) {
    return (
      <a href={address} target="_blank" rel="noreferrer" onClick={() => tellLearner(userId)}>
        <Id id={userId} />
      </a>
    );
  }
  if (!isEmbedded) return <Id id={userId} />;
  return (
    <button type="button" class="text" onClick={() => tellLearner(userId)}>
      <Id id={userId} />
    </button>
  );
}
