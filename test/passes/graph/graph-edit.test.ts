import { expect, test } from "vitest";
import type { Operation, Tensor } from "../../../src/ir/graph.ts";
import { staticSize } from "../../../src/ir/size.ts";
import { editGraph } from "../../../src/passes/graph/graph-edit.ts";

const tensor = (id: number): Tensor => ({ id, shape: [staticSize(4)] });

/** A chain of as many operations of a kind as no model has. */
function chain(kind: "reshape" | "elementwise"): readonly Operation[] {
  return Array.from({ length: 50_000 }, (_, at) => {
    const ends = { inputs: [tensor(at)], output: tensor(at + 1), origins: [] } as const;
    return kind === "reshape" ? { kind, ...ends } : { kind, ...ends, functions: [] };
  });
}

test("takes out any number of operations in a row, from either end", () => {
  for (const order of [chain("elementwise"), chain("elementwise").toReversed()]) {
    const edit = editGraph({ name: "Chain", input: tensor(0), output: tensor(50_000), operations: order });
    for (const operation of order) edit.dissolve(operation);
    expect(edit.finish()).toMatchObject({ operations: [], output: { id: 0 } });
  }
});

test("finds what computes a tensor behind any number of reshapes", () => {
  const [first, ...others] = chain("reshape");
  const operations = [{ ...(first as Operation), kind: "softmax", axis: 0 } as Operation, ...others];
  const edit = editGraph({ name: "Chain", input: tensor(0), output: tensor(50_000), operations });
  operations.forEach(edit.push);
  expect(edit.soleProducer(tensor(50_000))).toBe(operations[0]);
});
