import { checkExports } from "../check/rules/exports.ts";
import { layerNameProblem } from "../check/rules/layer-names.ts";
import { toSnakeCase } from "../layers/snake-case.ts";
import { builtins } from "../check/words.ts";
import type { ModelDeclaration } from "../syntax/ast.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import { nameNode } from "./syntax.ts";

/** Keras' automatic names of models. */
const automatic = /^(sequential|functional|model)_?\d*$/;

/** Whether a model's name was given by its author. */
export function isChosenName(name: string): boolean {
  return name !== "" && !automatic.test(name);
}

/** `my_scorer` and `my-scorer` as the name of a model: `MyScorer`. Never empty. */
export function toModelName(raw: string): string {
  const words = raw
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .slice(0, 100)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).reduce(joinWords, "");
  if (joined === "") return "Model";
  return /^[0-9]/.test(joined) ? `Model${joined}` : joined;
}

/** Two numbers side by side stay two: `Digits64_32`. */
function joinWords(text: string, word: string): string {
  return `${text}${/[0-9]$/.test(text) && /^[0-9]/.test(word) ? "_" : ""}${word}`;
}

/** `wanted`, or with `Model` or a number behind it, so that the file can declare it beside `others`. */
export function declarableName(wanted: string, others: readonly string[]): string {
  const bases = [wanted, `${wanted}Model`];
  for (let number = 1; ; number++) {
    for (const base of bases) {
      const name = number === 1 ? base : `${base}${number}`;
      if (isDeclarable(name, others)) return name;
    }
  }
}

/** Whether a name can be given to a model by itself. */
export function isModelName(name: string): boolean {
  return /^[A-Z][A-Za-z0-9_]*$/.test(name) && name.length <= 100 && isDeclarable(name, []);
}

/** Whether a file can declare a model of that name beside `others`: not built in, and with exports of its own. */
function isDeclarable(name: string, others: readonly string[]): boolean {
  if (builtins.has(name) || others.includes(name)) return false;
  // The others may be in one another's way already.
  return collisions([...others, name]) === collisions(others);
}

function collisions(names: readonly string[]): number {
  const models = names.map((text): ModelDeclaration => {
    return { kind: "model", name: nameNode(text), body: [], span: nowhere };
  });
  let found = 0;
  checkExports(models, () => {
    found++;
  });
  return found;
}

/** A layer of the file: its name there, and the class (or the model's name) its automatic name comes from. */
export interface NamedLayer {
  /** Absent where it is the automatic one, whatever that is. */
  readonly name: string | undefined;
  readonly automaticFrom: string;
}

/**
 * The label to write for each layer, or none where the automatic name is the one wanted. Names are given as
 * `check/name-layers.ts` does: counted within their base, those of labels skipped.
 */
export function chooseLabels(layers: readonly NamedLayer[]): readonly (string | undefined)[] {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  return layers.map(({ name, automaticFrom }) => {
    const base = toSnakeCase(automaticFrom);
    let count = counts.get(base) ?? 0;
    const numbered = (): string => (count === 0 ? base : `${base}_${count}`);
    while (taken.has(numbered())) count++;
    const isAutomatic = name === undefined || numbered() === name;
    taken.add(name ?? numbered());
    counts.set(base, isAutomatic ? count + 1 : count);
    return isAutomatic ? undefined : name;
  });
}

/** A layer's name in the file as Layers allows it, and what was wrong with it, if anything. */
export function layerName(
  wanted: string,
  automaticFrom: string,
  taken: ReadonlySet<string>,
): { readonly name: string; readonly problem?: string } {
  const problem = layerNameProblem(wanted) ?? (taken.has(wanted) ? "another layer has this name" : undefined);
  if (problem === undefined) return { name: wanted };
  const cleaned = wanted.slice(0, 100).replaceAll(/[/\p{Cc}\p{Cs}\u2028\u2029]/gu, "_");
  const base = layerNameProblem(cleaned) === undefined ? cleaned : toSnakeCase(automaticFrom);
  let name = base;
  for (let number = 1; taken.has(name); number++) name = `${base}_${number}`;
  return { name, problem };
}

/** Names for the run-time axes of an input shape, by its rank: the steps of a sequence are `time`. */
export function dimNames(axes: readonly (number | null)[], isTaken: (name: string) => boolean): readonly string[] {
  const leading: readonly (readonly string[])[] = [
    ["length"],
    ["time"],
    ["height", "width"],
    ["depth", "height", "width"],
  ];
  const used = new Set<string>();
  return axes.map((axis, index) => {
    if (axis !== null) return "";
    const usual = axes.length === 1 ? "length" : leading[axes.length - 1]?.[index];
    const base = usual ?? (index === axes.length - 1 ? "features" : `axis_${index + 1}`);
    let name = base;
    for (let number = 1; used.has(name) || isTaken(name); number++) name = `${base}_${number}`;
    used.add(name);
    return name;
  });
}
