import { toSnakeCase } from "../layers/snake-case.ts";
import type { LayerStatement } from "../syntax/ast.ts";
import type { Expansion } from "./expansion.ts";
import { duplicateLayerName } from "./rules/layer-names.ts";
import { traceRelated, type LayerStep, type NestedStep } from "./step.ts";

/**
 * A name for each layer of a model, unique within it. A written name stays for its first layer; where an expansion repeats
 * it, the next ones get `_1`, `_2`. The others get Keras' automatic names, `dense`, `dense_1`, numbered through the whole
 * model. Generated names skip those that are taken.
 */
export function nameLayers(steps: readonly (LayerStep | NestedStep)[], report: Expansion["report"]): readonly string[] {
  const names = steps.map(() => "");
  /** Every name that is taken, with the statement that has it written. */
  const taken = new Map<string, LayerStatement | undefined>();
  const repeated: { readonly index: number; readonly name: string }[] = [];
  // Plain loops: an editor has thousands of layers named at every key.
  for (let index = 0; index < steps.length; index++) {
    const { statement, trace } = steps[index] as LayerStep | NestedStep;
    const { label } = statement;
    if (label === undefined) continue;
    const first = taken.get(label.text);
    if (first === undefined) {
      taken.set(label.text, statement);
      names[index] = label.text;
      continue;
    }
    repeated.push({ index, name: label.text });
    if (first === statement) continue;
    const related = traceRelated(trace);
    const firstSpan = first.label?.span ?? first.span;
    report(duplicateLayerName(label.span, { name: label.text, first: firstSpan, related }));
  }
  const nextWritten = numbering(taken, 1);
  for (const { index, name } of repeated) names[index] = nextWritten(name);
  const nextAutomatic = numbering(taken, 0);
  const bases = new Map<string, string>();
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as LayerStep | NestedStep;
    if (step.statement.label !== undefined) continue;
    const name = ownName(step);
    let base = bases.get(name);
    if (base === undefined) bases.set(name, (base = toSnakeCase(name)));
    names[index] = nextAutomatic(base);
  }
  return names;
}

/** What Keras' name for a layer without one is the snake case of: its class or, for a nested model, the model's name. */
function ownName(step: LayerStep | NestedStep): string {
  return step.kind === "layer" ? step.definition.className : step.entity.declaration.name.text;
}

/** Gives `base`, `base_1`, `base_2`, ... from a first number on (0 is the bare base), each name once. */
function numbering(taken: Map<string, unknown>, first: number): (base: string) => string {
  const counts = new Map<string, number>();
  return (base) => {
    let count = counts.get(base) ?? first;
    let name: string;
    do {
      name = count === 0 ? base : `${base}_${count}`;
      count += 1;
    } while (taken.has(name));
    counts.set(base, count);
    taken.set(name, undefined);
    return name;
  };
}
