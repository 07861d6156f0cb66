import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { leafLayers } from "../lower/leaf-layers.ts";
import { costs } from "../passes/costs.ts";
import { slowerTarget, targetUnavailable, unrollIgnored } from "../passes/diagnostics.ts";
import { formatGain } from "../passes/format-gain.ts";
import { defaultTarget, targetEntry, targets, type TargetName } from "../targets/index.ts";
import { gainOf, type PlannedModel, type TargetOptions } from "./plan-model.ts";

/** Warnings where a target was asked for: models that are slower on it or can't run on it, options it has no use for. */
export function checkTargets(
  models: readonly PlannedModel[],
  { target, unroll }: TargetOptions,
): readonly Diagnostic[] {
  if (target === "auto" || target === defaultTarget) return [];
  const first = models.find(({ choice }) => choice.target === target);
  return [
    ...models.flatMap((model) => checkTarget(model, target)),
    ...(first === undefined || first.target.unrolls || unroll === "auto"
      ? []
      : [unrollIgnored(first.model.nameSpan, { model: first.model.name, unroll, names: namesOf(target) })]),
  ];
}

function checkTarget({ model, choice, unsupported }: PlannedModel, asked: TargetName): readonly Diagnostic[] {
  const facts = { model: model.name, names: namesOf(asked) };
  if (unsupported !== undefined) {
    const place = unsupported.layer?.join("/");
    const layer = leafLayers(model.layers).find(({ path }) => path.join("/") === place)?.layer;
    return [targetUnavailable(layer?.span ?? model.nameSpan, { ...facts, reason: unsupported.message })];
  }
  const gain = gainOf(choice, asked);
  if (gain === undefined || gain.gain > 1 / costs.worthwhile) return [];
  return [slowerTarget(model.nameSpan, { ...facts, gain: formatGain(1 / gain.gain) })];
}

function namesOf(flag: TargetName): { readonly target: string; readonly flag: string; readonly first: string } {
  return { target: targetEntry(flag).title, flag, first: targets[0].title };
}
