import type { StepKernel } from "../../../gradients/loops/step-kernels.ts";
import { declaredNames, forEachStatement } from "../../../ir/visit-statements.ts";
import { identifier, type Identifier } from "../code.ts";
import { supportNames } from "../support.ts";

/**
 * What a kernel's function calls its arrays: each after the element that is read of it first, in the plural where that element
 * has the name itself. `dims` are the function's other parameters.
 */
export function arrayParameters(
  { buffers, body }: StepKernel,
  dims: readonly Identifier[],
): ReadonlyMap<string, Identifier> {
  const taken = new Set([...kernelLocals(body), ...supportNames, ...dims.map(({ text }) => text)]);
  const elements = elementNames(body);
  const free = (name: string): string => {
    let own = name;
    for (let next = 2; taken.has(own); next++) own = `${name}${next}`;
    taken.add(own);
    return own;
  };
  return new Map(
    buffers.map(({ name }) => {
      const element = elements.get(name) ?? "out";
      return [name, identifier(free(taken.has(element) && element !== "out" ? plural(element) : element))];
    }),
  );
}

/** The names that the function of a kernel has for itself. */
export function kernelLocals(body: StepKernel["body"]): readonly string[] {
  const names = [...declaredNames(body, () => true)];
  forEachStatement(body, (statement) => {
    if (statement.kind === "for") names.push(statement.variable);
  });
  return names;
}

/** By the names of arrays, what their elements are called where they are read. */
function elementNames(body: StepKernel["body"]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  forEachStatement(body, (statement) => {
    if (statement.kind !== "let" && statement.kind !== "lookup") return;
    const { value } = statement;
    if (value.kind !== "load" || value.buffer.kind === "weights" || found.has(value.buffer.name)) return;
    // `a0_1`, `biasAt0_1`, `biasColumn`, `dy_0`: copies of one name.
    found.set(value.buffer.name, statement.name.replace(/(?:At\d+_\d+|Row|Column|_?\d+|_)+$/, ""));
  });
  return found;
}

/** Several of something; single letters are those of formulas. */
function plural(name: string): string {
  const spelled = words[name];
  if (spelled !== undefined) return spelled;
  if (/(?:s|x|ch)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

const words: Readonly<Record<string, string>> = {
  a: "left",
  b: "right",
  dy: "gradient",
  g: "gradient",
  p: "predictions",
  t: "targets",
  w: "weights",
  x: "inputs",
  y: "outputs",
};
