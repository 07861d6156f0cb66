import { code, docComment, join, type Code } from "./code.ts";
import { propertyKey } from "./info.ts";

type Path = readonly string[];

/** The interface of an object that has arrays of a type at paths: `{ readonly hidden: { readonly kernel: Float32Array } }`. */
export function weightsInterface(
  weights: readonly { readonly path: Path; readonly shape: readonly number[] }[],
  type: Code,
): Code {
  return printTree(
    weights.map(({ path, shape }) => ({ path, leaf: shape })),
    (key, shape) => code`${docComment([`[${shape.join(", ")}]`])}readonly ${key}: ${type};`,
    (key, inner) => code`readonly ${key}: ${inner};`,
  );
}

/** An object that has values at paths; `property` prints the one of a value, with its comma. */
export function weightsObject(
  values: readonly { readonly path: Path; readonly leaf: Code }[],
  property = (key: Code, leaf: Code): Code => code`${key}: ${leaf},`,
): Code {
  return printTree(values, property, (key, inner) => code`${key}: ${inner},`);
}

interface Node<Leaf> {
  readonly children: Map<string, Node<Leaf>>;
  leaf?: Leaf;
}

function printTree<Leaf>(
  leaves: readonly { readonly path: Path; readonly leaf: Leaf }[],
  property: (key: Code, leaf: Leaf) => Code,
  nested: (key: Code, inner: Code) => Code,
): Code {
  const root: Node<Leaf> = { children: new Map() };
  for (const { path, leaf } of leaves) {
    let node = root;
    for (const part of path) {
      const inner = node.children.get(part) ?? { children: new Map() };
      node.children.set(part, inner);
      node = inner;
    }
    node.leaf = leaf;
  }
  const print = ({ children }: Node<Leaf>): Code => {
    const properties = [...children].map(([name, node]) => {
      const key = propertyKey(name);
      return node.leaf === undefined ? nested(key, print(node)) : property(key, node.leaf);
    });
    return code`{\n${join(properties, "\n")}\n}`;
  };
  return print(root);
}
