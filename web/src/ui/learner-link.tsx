import { isEmbedded, tellLearner } from '../session/host.ts';
import { learnerAddress } from './links.ts';

/** Leads to a learner, where the service was told an address, or the host shows them. */
export function LearnerLink({ userId }: { userId: string }) {
  const address = learnerAddress(userId);
  const name = <bdi class="id">{userId}</bdi>;
  if (address !== null) {
    return (
      <a href={address} target="_blank" rel="noreferrer" onClick={() => tellLearner(userId)}>
        {name}
      </a>
    );
  }
  if (!isEmbedded) return name;
  return (
    <button type="button" class="text" onClick={() => tellLearner(userId)}>
      {name}
    </button>
  );
}
