import { toSnakeCase } from "../../layers/snake-case.ts";
import type { FoundLayer } from "./chain.ts";

/** Parts of a path that say what an array or a node is, not whose. */
const parts =
  /^(weight|weights|kernel|bias|beta|gamma|alpha|slope|embeddings|moving_mean|running_mean|scale|offset|(MatMul|BiasAdd|Gemm|Add|Mul|Cast)\d*|ReadVariableOp|Tensordot|transpose|[A-Z][A-Za-z]*(_\d+)?)(_\d+)?$/;

/** Parts that exporters put around a model. */
const wrappers =
  /^(StatefulPartitionedCall|PartitionedCall|sequential(_\d+)?|functional(_\d+)?|model(_\d+)?|module|net)$/;

/** Names that tools number: they say nothing. */
const anonymous = /^(onnx::|\d+$|_v_\d|val_\d|node_|tmp)/;

/**
 * A name for each layer of a chain, all different: the one its arrays or nodes have in the file (`fc1` of `fc1.weight`,
 * `encoder_dense` of `encoder/dense/kernel`), else Keras' automatic one.
 */
export function nameLayers(layers: readonly FoundLayer[]): readonly string[] {
  const wanted = layers.map(({ hints }) =>
    hints.map((hint, at) => nameIn(hint, at === hints.length - 1)).find((name) => name !== undefined),
  );
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const reserved = new Set(wanted);
  return layers.map(({ className }, at) => {
    const own = wanted[at];
    const base = own ?? toSnakeCase(className);
    let name = base;
    for (let count = counts.get(base) ?? 0; ; count++) {
      name = count === 0 ? base : `${base}_${count}`;
      counts.set(base, count + 1);
      if (!taken.has(name) && (own !== undefined || !reserved.has(name))) break;
    }
    taken.add(name);
    return name;
  });
}

/** The name of a layer in that of an array or a node; undefined where there is none. */
function nameIn(hint: string, isNode: boolean): string | undefined {
  if (hint === "" || anonymous.test(hint)) return undefined;
  const path = hint
    .replace(/:\d+$/, "")
    .split(/[/.]/)
    .filter((part) => part !== "" && !wrappers.test(part));
  const length = path.length;
  while (path.length > 0 && parts.test(path.at(-1) as string)) path.pop();
  // An array that says only what it is called itself, as `W1` does, names no layer.
  if (!isNode && path.length === length) return undefined;
  const name = path.join("_");
  return /^[A-Za-z_][\w-]*$/.test(name) && name.length <= 60 ? name : undefined;
}
