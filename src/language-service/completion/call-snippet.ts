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
