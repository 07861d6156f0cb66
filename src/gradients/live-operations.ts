import type { StepOperation, StepTensor } from "../ir/step-graph.ts";
import { inputsOf, outputsOf } from "./differentiate.ts";
import { localsOf } from "./substitute.ts";

/** The operations that something comes of: those that write one of the values, and those whose values they read. */
export function liveOperations(
  operations: readonly StepOperation[],
  wanted: readonly StepTensor[],
): readonly StepOperation[] {
  const needed = new Set(wanted.map(({ id }) => id));
  const live: StepOperation[] = [];
  for (const operation of [...operations].reverse()) {
    if (!outputsOf(operation).some(({ id }) => needed.has(id))) continue;
    const kept = withoutUnread(operation, needed);
    live.unshift(kept);
    for (const { id } of inputsOf(kept)) needed.add(id);
  }
  return live;
}

/** A nest without the results that nobody reads, and without the operands that only they read. */
function withoutUnread(operation: StepOperation, needed: ReadonlySet<number>): StepOperation {
  if (operation.kind !== "nest") return operation;
  const results = operation.results.filter(({ tensor }) => needed.has(tensor.id));
  const { reduction } = operation;
  const terms = reduction === undefined ? [] : [reduction.term];
  const read = localsOf([...terms, ...results.map(({ value }) => value)]);
  return { ...operation, results, operands: operation.operands.filter(({ name }) => read.has(name)) };
}
