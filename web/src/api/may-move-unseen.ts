interface MayBeEvaluated {
  being_evaluated?: boolean;
  edges?: readonly { node: MayBeEvaluated }[];
}

/** That a course is being evaluated is no figure: it ends without another version. */
export function mayMoveUnseen(data: object): boolean {
  const { being_evaluated, edges = [] }: MayBeEvaluated = data;
  return being_evaluated === true || edges.some(({ node }) => mayMoveUnseen(node));
}
