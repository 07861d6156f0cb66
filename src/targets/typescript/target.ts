import { planOperations, type LoopOptions } from "../../passes/plan.ts";
import { workOf } from "../../passes/work.ts";
import type { EmitOptions, EmittedModule, Section } from "../emitted-module.ts";
import { withChecksum } from "../generated-mark.ts";
import type { LoweredModel } from "../lowered-model.ts";
import type { ModelUnit } from "../model-unit.ts";
import { moduleKinds } from "../module-kinds.ts";
import type { LoopPlan, Target } from "../target.ts";
import { emitTypeScript, textOf } from "./emit.ts";
import { costs } from "./costs.ts";
import { estimateLoops } from "./estimate-loops.ts";
import { formatTypeScript } from "./format-typescript.ts";

export const typescriptTarget: Target = {
  unrolls: true,
  unsupportedReason: () => undefined,
  estimate: (model) => {
    const time = estimateLoops(workOf(model.graph), planLoops(model, { unroll: "auto" }).plans, costs);
    return { best: time, least: time };
  },
  plan: planLoops,
  emit: emitModule,
};

function planLoops({ graph, binding, keepZeros }: LoweredModel, asked: LoopOptions): LoopPlan {
  const options = { ...asked, bound: binding.kind === "inline", keepZeros };
  return { plans: planOperations(graph.operations, options), options };
}

/** One module, laid out unless nobody reads it, with a file of declarations beside JavaScript. */
export async function emitModule(units: readonly ModelUnit[], options: EmitOptions): Promise<EmittedModule> {
  const module = emitTypeScript(units, options);
  const laidOut = options.layout === false ? (text: string): string => text : formatTypeScript;
  const sections = marked(module.sections(await laidOut(module.text)));
  const [ending, declared = "d.ts"] = moduleKinds[options.emit].endings;
  const declarations =
    module.declarations === undefined
      ? []
      : [{ ending: declared, text: withChecksum(await laidOut(module.declarations)) }];
  return { files: [{ ending, text: textOf(sections) }, ...declarations], sections };
}

/** Sections of a module with its checksum in the first line, which is in the first of them. */
function marked(sections: readonly Section[]): readonly Section[] {
  const [first, ...others] = sections;
  if (first === undefined) return sections;
  return [{ ...first, text: withChecksum(textOf(sections)).slice(0, first.text.length) }, ...others];
}
