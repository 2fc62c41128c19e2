const KEPT = 40;

/** Lists the player's requests, the latest first: its beats, what became of each, and the raw texts. */
export function createRequestList(list) {
  const shown = new WeakMap();

  const add = (exchange) => {
    const item = make('li', 'request');
    const line = make('p', 'line');
    line.append(make('time', '', new Date().toLocaleTimeString('en-GB')), make('span', 'outcome'));
    if (exchange.keepalive) line.append(make('span', 'note', 'while leaving'));
    const beats = make('ul', 'beats');
    for (const beat of beatsOf(exchange)) beats.append(showBeat(beat));
    item.append(line, beats, raw('beats', exchange.sent.variables));
    list.prepend(item);
    list.children[KEPT]?.remove();
    shown.set(exchange, item);
    setOutcome(item, 'sent', 'on its way');
  };

  const answer = (exchange, { status, answer: body }) => {
    const item = shown.get(exchange);
    const code = body.errors?.[0]?.extensions?.code;
    setOutcome(item, code ? 'failed' : 'answered', code ?? `answered ${status}`);
    const outcomes = body.data?.recordWatch?.beats ?? [];
    for (const { seq, result, reason } of outcomes) {
      const chip = item.querySelector(`[data-seq="${seq}"] .result`);
      if (!chip) continue;
      chip.textContent = reason && result !== 'DUPLICATE' ? `${result} ${reason}` : result;
      chip.dataset.result = result;
    }
    item.append(raw('answer', body));
  };

  return ({ kind, exchange, ...rest }) => {
    if (!exchange || beatsOf(exchange).length === 0) return;
    if (kind === 'sent') add(exchange);
    if (kind === 'answered') answer(exchange, rest);
    if (kind === 'failed') setOutcome(shown.get(exchange), 'failed', 'no answer, kept');
  };
}

function beatsOf({ sent }) {
  return Object.values(sent.variables ?? {}).find((value) => value?.beats)?.beats ?? [];
}

function showBeat({ seq, from, to, rate }) {
  const item = make('li', 'beat');
  item.dataset.seq = seq;
  const stretch = from === to ? `at ${from} s` : `${from} to ${to} s`;
  item.append(
    make('span', 'seq', `#${seq}`),
    make('span', 'stretch', stretch),
    make('span', 'rate', rate === 1 ? '' : `${rate} ×`),
    make('span', 'result', 'waiting'),
  );
  return item;
}

function setOutcome(item, state, text) {
  item.dataset.state = state;
  item.querySelector('.outcome').textContent = text;
}

function raw(name, value) {
  const details = make('details', 'raw');
  details.append(
    make('summary', '', `Raw ${name}`),
    make('pre', '', JSON.stringify(value, null, 2)),
  );
  return details;
}

function make(tag, className, text = '') {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}
