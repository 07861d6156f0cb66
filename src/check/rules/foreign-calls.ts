import { activations } from "../../activations/index.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { folded } from "../../diagnostics/suggest.ts";
import { foreignLayers } from "../../layers/foreign-words.ts";
import { layers } from "../../layers/index.ts";
import type { Argument, LayerStatement } from "../../syntax/ast.ts";

/** How many arguments without a name PyTorch's layer has that Keras' takes, too: the first or the last ones. */
const kept: Readonly<Record<string, "none" | "first" | "last">> = {
  linear: "last",
  batchnorm: "none",
  batchnorm1d: "none",
  bn: "none",
  layernorm: "none",
  ln: "none",
  rmsnorm: "none",
  groupnorm: "first",
};

/** Arguments of PyTorch's layers that say what the input says here. */
const dropped: ReadonlySet<string> = new Set(["in_features", "num_features", "num_channels", "normalized_shape"]);

/**
 * The call of Keras that a call of another library certainly means, where it takes other arguments: Dense(3) for
 * Linear(4, 3), Activation(gelu) for GELU().
 */
export function callOfKeras(
  { callee, arguments: args, span }: LayerStatement,
  source: string,
): { readonly help: string; readonly fix: Fix } | undefined {
  const word = folded(callee.text);
  if (args === undefined) return activationAlone(callee);
  if (layers.some(({ className }) => folded(className) === word)) return undefined;
  const first = args[0];
  const last = args.at(-1);
  const textOf = (from: number, to: number): string => source.slice(from, to);
  const kinds = kept[word];
  const className = foreignLayers.get(word);
  if (className !== undefined && kinds !== undefined) {
    if (first === undefined || last === undefined) return undefined;
    const taken = takenArguments(args, kinds);
    const between = textOf(first.span.start, last.span.end);
    if (taken.length === args.length || /\/[/*]/.test(between)) return undefined;
    const text = taken.map((each) => textOf(each.span.start, each.span.end)).join(", ");
    const edits = [
      { span: callee.span, text: className },
      { span: { ...first.span, end: last.span.end }, text },
    ];
    return { help: `in Keras this is ${className}(${text})`, fix: { title: `Write ${className}(${text})`, edits } };
  }
  const activation = activations.find(({ name, aliases = [] }) =>
    [name, ...aliases].some((each) => folded(each) === word),
  );
  if (activation === undefined) return undefined;
  const { name } = activation;
  const end = source.indexOf(")", last?.span.end ?? callee.span.end);
  if (end < 0 || end >= span.end) return undefined;
  const range = { ...callee.span, end: end + 1 };
  const inner = first === undefined || last === undefined ? "" : `(${textOf(first.span.start, last.span.end)})`;
  const text = `Activation(${name}${inner})`;
  return {
    help: `'${name}' is an activation; as a layer it is ${text}`,
    fix: { title: `Write ${text}`, edits: [{ span: range, text }] },
  };
}

/** `relu` as a statement. */
function activationAlone({
  text: name,
  span,
}: LayerStatement["callee"]): { readonly help: string; readonly fix: Fix } | undefined {
  if (!activations.some((each) => each.name === name)) return undefined;
  const text = `Activation(${name})`;
  return {
    help: `'${name}' is an activation; as a layer it is ${text}`,
    fix: { title: `Write ${text}`, edits: [{ span, text }] },
  };
}

function takenArguments(args: readonly Argument[], kinds: "none" | "first" | "last"): readonly Argument[] {
  const unnamed = args.filter(({ name }) => name === undefined);
  const one = kinds === "none" ? undefined : unnamed.at(kinds === "first" ? 0 : -1);
  return args.filter((each) => each === one || (each.name !== undefined && !dropped.has(each.name.text)));
}
