/** An example of the page: who asks what, and what the answer is. */
export interface Example {
  /** The operation's name in the document, or its first words: what a failure is told by. */
  title: string;
  person: string;
  /** Whether the answer takes a moment to become so. */
  eventually: boolean;
  document: string;
  answer: string;
}

const BLOCKS = /```graphql *(\w*) *(eventually)?\n([^]*?)```\s*```json\n([^]*?)```/g;
const GRAPHQL = /```graphql/g;

/** Every `graphql` block with the `json` block behind it, in the order of the page. */
export function examplesOf(page: string): Example[] {
  const examples = [...page.matchAll(BLOCKS)].map(
    ([, person, eventually, document, answer]): Example => ({
      title: document!.trim().replace(/\s+/g, ' ').slice(0, 70),
      person: person || 'learner',
      eventually: eventually !== undefined,
      document: document!,
      answer: answer!,
    }),
  );
  const blocks = page.match(GRAPHQL)?.length ?? 0;
  if (examples.length !== blocks) {
    throw new Error(`${blocks - examples.length} graphql blocks have no json block behind them`);
  }
  return examples;
}
