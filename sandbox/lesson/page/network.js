/**
 * The page's network: it can be made to fail as a learner's does, and tells what goes over it.
 *
 * The player sends its last beats while the page is being left. Such a request is lost if anything is awaited before
 * it, so `fetch` is called at once.
 */
const network = window.fetch.bind(window);
const listeners = new Set();
const failing = { offline: false, loseNext: false };

window.fetch = (resource, init) => {
  const exchange = { sent: JSON.parse(init.body), keepalive: init.keepalive === true };
  tell({ kind: 'sent', exchange });
  const answer = failing.offline
    ? Promise.reject(new TypeError('The page is offline'))
    : loseIfAsked(network(resource, init));
  answer.then(
    (response) => readCopy(response.clone(), exchange),
    () => tell({ kind: 'failed', exchange }),
  );
  return answer;
};

/** The service has the beats then, but the page does not know it. */
function loseIfAsked(answer) {
  if (!failing.loseNext) return answer;
  setLoseNext(false);
  return answer.then(() => {
    throw new TypeError('The answer was lost');
  });
}

async function readCopy(response, exchange) {
  tell({ kind: 'answered', exchange, status: response.status, answer: await response.json() });
}

function tell(event) {
  for (const listener of listeners) listener(event);
}

/** Calls `listener` with each request, `{ kind: 'sent' | 'answered' | 'failed', exchange, answer }`. */
export function onTraffic(listener) {
  listeners.add(listener);
}

export function setOffline(offline) {
  failing.offline = offline;
  window.dispatchEvent(new Event(offline ? 'offline' : 'online'));
}

export function setLoseNext(lose) {
  failing.loseNext = lose;
  tell({ kind: 'lose', lose });
}

/** Asks the API itself, whatever the player is made to believe. */
export async function ask(token, query, variables) {
  const response = await network('/userProgress/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()).data ?? {};
}
