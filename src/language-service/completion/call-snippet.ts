import type { Value } from "../../layers/arguments/value.ts";
import type { CallSignature, SignatureParameter } from "../describe/call-signature.ts";
import { tabStop } from "./completion-item.ts";

/** A call with a tab stop for each argument that must be given; with none of them, behind the parentheses. */
export function callSnippet({ name, kind, parameters }: CallSignature): string {
  const required = parameters.filter(({ preset }) => preset === undefined);
  const takesParentheses = kind === "layer" || kind === "block" || kind === "function";
  if (required.length === 0) return takesParentheses ? `${name}()` : name;
  // Layers are written with the first arguments by place, as in Keras; a word's arguments tell what they are.
  const isPositional = takesParentheses;
  const stops = required.map((parameter, at) => {
    const stop = tabStop(at + 1, exampleOf(parameter));
    return isPositional ? stop : `${parameter.name}=${stop}`;
  });
  return `${name}(${stops.join(", ")})`;
}

/** A value that an argument could have: its default, else one that it accepts; of a block, the name of the parameter. */
export function exampleOf({ name, preset, spec }: SignatureParameter): string {
  if (preset !== undefined) return preset;
  if (spec === undefined) return name;
  const usual = usualValues.get(name);
  if (usual !== undefined && spec.type.convert(usual.value, silentSite) !== undefined) return usual.text;
  const known = examples.get(spec);
  if (known !== undefined) return known;
  const found = candidates.find(({ value }) => spec.type.convert(value, silentSite) !== undefined)?.text ?? "1";
  examples.set(spec, found);
  return found;
}

const examples = new WeakMap<object, string>();

const silentSite = { subject: "", related: [], report: () => undefined };

const nowhere = { file: "", start: 0, end: 0 };
const place = { span: nowhere, literal: false } as const;

const number = (value: number) => ({ text: String(value), value: { kind: "number", value, ...place } }) as const;
const numbers = (...values: readonly number[]) =>
  ({
    text: `[${values.join(", ")}]`,
    value: { kind: "list", items: values.map((value) => number(value).value), ...place },
  }) as const;

/** What is usual for arguments that take any number or list. */
const usualValues = new Map<string, { readonly text: string; readonly value: Value }>([
  ["initial_learning_rate", number(0.01)],
  ["decay_steps", number(1000)],
  ["first_decay_steps", number(1000)],
  ["decay_rate", number(0.9)],
  ["boundaries", numbers(1000)],
  ["values", numbers(0.01, 0.001)],
  [
    "loss",
    {
      text: "mean_squared_error",
      value: { kind: "word", text: "mean_squared_error", keyword: true, namesInScope: () => [], ...place },
    },
  ],
]);

/** Values that arguments without a default may take, the likeliest first. */
const candidates = [
  { text: "64", value: { kind: "number", value: 64, ...place } },
  { text: "0.5", value: { kind: "number", value: 0.5, ...place } },
  {
    text: "relu",
    value: { kind: "word", text: "relu", keyword: true, namesInScope: () => [], ...place },
  },
  { text: "[1]", value: { kind: "list", items: [{ kind: "number", value: 1, ...place }], ...place } },
  {
    text: "Dense(64)",
    value: {
      kind: "call",
      callee: "Dense",
      calleeSpan: nowhere,
      keyword: true,
      args: [{ value: { kind: "number", value: 64, ...place }, span: nowhere }],
      ...place,
    },
  },
  { text: '"abc,cd->abd"', value: { kind: "string", value: "abc,cd->abd", ...place } },
] as const;
