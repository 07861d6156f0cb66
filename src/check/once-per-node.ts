/** A function of a syntax tree's node that is worked out once for each node: of those that an edit leaves, no more. */
export function oncePerNode<Node extends object, Result>(of: (node: Node) => Result): (node: Node) => Result {
  const known = new WeakMap<Node, { readonly result: Result }>();
  return (node) => {
    const found = known.get(node);
    if (found !== undefined) return found.result;
    const result = of(node);
    known.set(node, { result });
    return result;
  };
}
