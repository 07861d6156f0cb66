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
  const names: (string | undefined)[] = steps.map(() => undefined);
  const taken = new Set<string>();
  const firstWith = new Map<string, LayerStatement>();
  for (const [index, { statement, trace }] of steps.entries()) {
    const { label } = statement;
    if (label === undefined) continue;
    const first = firstWith.get(label.text);
    if (first === undefined) {
      firstWith.set(label.text, statement);
      names[index] = label.text;
      taken.add(label.text);
    } else if (first !== statement) {
      const related = traceRelated(trace);
      const firstSpan = first.label?.span ?? first.span;
      report(duplicateLayerName(label.span, { name: label.text, first: firstSpan, related }));
    }
  }
  const nextWritten = numbering(taken, 1);
  for (const [index, { statement }] of steps.entries()) {
    if (statement.label !== undefined) names[index] ??= nextWritten(statement.label.text);
  }
  const nextAutomatic = numbering(taken, 0);
  const bases = new Map<string, string>();
  return steps.map((step, index) => {
    const written = names[index];
    if (written !== undefined) return written;
    const name = ownName(step);
    let base = bases.get(name);
    if (base === undefined) bases.set(name, (base = toSnakeCase(name)));
    return nextAutomatic(base);
  });
}

/** What Keras' name for a layer without one is the snake case of: its class or, for a nested model, the model's name. */
function ownName(step: LayerStep | NestedStep): string {
  return step.kind === "layer" ? step.definition.className : step.entity.declaration.name.text;
}

/** Gives `base`, `base_1`, `base_2`, ... from a first number on (0 is the bare base), each name once. */
function numbering(taken: Set<string>, first: number): (base: string) => string {
  const counts = new Map<string, number>();
  return (base) => {
    let count = counts.get(base) ?? first;
    let name: string;
    do {
      name = count === 0 ? base : `${base}_${count}`;
      count += 1;
    } while (taken.has(name));
    counts.set(base, count);
    taken.add(name);
    return name;
  };
}
