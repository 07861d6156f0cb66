import * as t from "../../../grammar/tokens.ts";
import { dottedName, endOfDotted } from "./dotted-names.ts";
import type { Rule } from "./mend.ts";
import {
  beginsStatement,
  endOf,
  endOfCall,
  imageAt,
  isType,
  itemsOf,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

/** PyTorch's modules that have other arguments than Keras' layers, and what each is. */
const modules: ReadonlyMap<string, (args: readonly string[]) => string | undefined> = new Map<
  string,
  (args: readonly string[]) => string | undefined
>([
  [
    "Linear",
    ([, units, ...rest]) =>
      units && `Dense(${[units.replace(/^out_features\s*=\s*/, ""), ...rest.map(bias)].join(", ")})`,
  ],
  // PyTorch's epsilon is another than Keras', and so is its slope.
  ["BatchNorm1d", ([, ...more]) => (more.length > 0 ? undefined : "BatchNormalization(epsilon=1e-5)")],
  ["LayerNorm", ([, ...more]) => (more.length > 0 ? undefined : "LayerNormalization(epsilon=1e-5)")],
  ["RMSNorm", ([, ...more]) => (more.length > 0 ? undefined : "RMSNormalization(epsilon=1.1920929e-7)")],
  [
    "GroupNorm",
    ([groups, _channels, ...more]) =>
      groups === undefined || more.length > 0
        ? undefined
        : `GroupNormalization(${groups.replace(/^num_groups\s*=\s*/, "")}, epsilon=1e-5)`,
  ],
  ["LeakyReLU", ([slope = "0.01", ...more]) => (more.length > 0 ? undefined : `LeakyReLU(${slope})`)],
  ["ELU", ([alpha, ...more]) => (more.length > 0 ? undefined : `ELU(${alpha ?? ""})`)],
  ["Dropout", ([rate = "0.5", ...more]) => (more.length > 0 ? undefined : `Dropout(${rate.replace(/^p\s*=\s*/, "")})`)],
  ["Unflatten", ([axis, shape]) => (axis === "1" && shape !== undefined ? `Reshape(${list(shape)})` : undefined)],
  ...[
    "GELU",
    "SiLU",
    "Tanh",
    "Sigmoid",
    "Softplus",
    "Softsign",
    "SELU",
    "CELU",
    "Mish",
    "Hardtanh",
    "Hardsigmoid",
    "Hardswish",
    "ReLU6",
  ].map((name) => [name, alone(`Activation(${activation(name)})`)] as const),
  ["LogSoftmax", ([axis = "1"]) => (/^(?:dim\s*=\s*)?-?1$/.test(axis) ? "Activation(log_softmax)" : undefined)],
  ["Softmax", ([axis = "1"]) => (/^(?:dim\s*=\s*)?-?1$/.test(axis) ? "Softmax()" : undefined)],
  ["ReLU", alone("ReLU()")],
  ["Flatten", alone("Flatten()")],
]);

/** What a module is that has no argument here. */
function alone(text: string): (args: readonly string[]) => string | undefined {
  return (args) => (args.length === 0 ? text : undefined);
}

/** What a module of PyTorch is here; undefined where it is nothing, or has arguments that are nothing here. */
export function torchLayer(name: string, args: readonly string[]): string | undefined {
  // It changes the input in place, which no function here does.
  return modules.get(name)?.(args.filter((argument) => !/^inplace\s*=/.test(argument)));
}

function bias(argument: string): string {
  return argument
    .replace(/^bias\b/, "use_bias")
    .replace(/\bFalse\b/, "false")
    .replace(/\bTrue\b/, "true");
}

function list(shape: string): string {
  return `[${shape.replace(/^[([]\s*|\s*,?\s*[)\]]$/g, "")}]`;
}

function activation(name: string): string {
  const snake = name.toLowerCase();
  return /^hard(?!_)/.test(snake) ? snake.replace("hard", "hard_").replace("hard_swish", "hard_silu") : snake;
}

/** `nn.Linear(4, 16)`, `torch.nn.GELU()`, and without a module those whose arguments are no others than PyTorch's. */
export const torchCalls: Rule = (script, index) => {
  if (!beginsStatement(script, index) || !isType(script, index, t.Identifier)) return undefined;
  const end = endOfDotted(script, index);
  const isDotted = end > index + 1 && imageAt(script, end - 3) === "nn";
  if (!isDotted && !(end === index + 1 && imageAt(script, index) === "Unflatten" && !script.declared.has("Unflatten")))
    return undefined;
  if (!isType(script, end, t.LeftParen)) return undefined;
  const behind = endOfCall(script, end - 1);
  const args = argumentsOf(script, end);
  const text = torchLayer(imageAt(script, end - 1), args);
  if (text === undefined) return undefined;
  const written = textOf(script, index, behind);
  const span = { file: script.file, start: startOf(script, index), end: endOf(script, behind - 1) };
  const message = `PyTorch's ${written.length > 40 ? textOf(script, index, end) : written} is ${text} here`;
  const fix = { title: `Write ${text}`, edits: [{ span, text }] };
  return { diagnostic: dottedName(spanOf(script, index, end), { message, fix }), end: behind };
};

function argumentsOf(script: Script, open: number): readonly string[] {
  return itemsOf(script, open).map(({ from, to }) => textOf(script, from, to));
}
