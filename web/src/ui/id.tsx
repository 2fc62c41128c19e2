/** Ids of one platform often begin alike: by their end they are told apart. */
const END = 6;
const SHORT = 14;

/** An id: a long one is cut in its middle on the screen only. Whoever selects it copies all of it. */
export function Id({ id }: { id: string }) {
  if (id.length <= SHORT) return <bdi class="id">{id}</bdi>;
  return (
    <bdi class="id" title={id} dir="ltr">
      <span class="start">{id.slice(0, -END)}</span>
      {id.slice(-END)}
    </bdi>
  );
}
