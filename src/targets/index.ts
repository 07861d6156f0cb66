import type { TargetEntry } from "./target.ts";
import { typescript } from "./typescript/index.ts";
import { wasm } from "./wasm/index.ts";

/** Every target. The first runs every model; where one is as good as another, `auto` takes the one that comes first. */
export const targets = [typescript, wasm] as const satisfies readonly TargetEntry[];

export type TargetName = (typeof targets)[number]["name"];

/** What `--target` takes: a target, or `auto` for the one that is expected to be fastest, model by model. */
export type TargetOption = TargetName | "auto";

/** The targets beside the first that `auto` may take. */
export type EstimatedTarget = Exclude<
  Extract<(typeof targets)[number], { readonly auto: true }>["name"],
  (typeof targets)[0]["name"]
>;

const [first, ...others] = targets;

/** The target that a build has which names none. */
export const defaultTarget: TargetName = first.name;

/** The default, then the others. */
export const targetNames: readonly [TargetName, ...TargetName[]] = [defaultTarget, ...others.map(({ name }) => name)];

export const targetOptions: readonly [TargetOption, ...TargetOption[]] = [...targetNames, "auto"];

/** A target by its name. */
export function targetEntry(name: TargetName): (typeof targets)[number] {
  return targets.find((target) => target.name === name) ?? first;
}
