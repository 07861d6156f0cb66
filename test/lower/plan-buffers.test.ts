import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ElementwiseOperation, Graph, Operation, Tensor } from "../../src/ir/graph.ts";
import { verify } from "../../src/ir/verify.ts";
import { verifyGraph } from "../../src/ir/verify-graph.ts";
import { staticSize } from "../../src/ir/size.ts";
import { add, constant, mul, x } from "../../src/ir/scalar.ts";
import { lowerToLoops } from "../../src/lower/graph-to-loops.ts";
import { assignNames, lifetimes, planBuffers, scratchName } from "../../src/lower/plan-buffers.ts";
import { schedule, withStagedInput, type Schedule } from "../../src/lower/schedule.ts";
import { fuse } from "../../src/passes/graph/fuse.ts";
import { interpretLoops } from "../ir/interpret-loops.ts";

const tensor = (id: number, ...shape: readonly number[]): Tensor => ({ id, shape: shape.map(staticSize) });

/** `factor * x + 1` of each element; its name tells it apart. */
function scaled(input: Tensor, output: Tensor, factor: number): ElementwiseOperation {
  const name = `scale_${factor}`;
  const fn = { name, formula: name, body: add(mul(constant(factor), x), constant(1)) };
  return { kind: "elementwise", inputs: [input], output, functions: [fn], origins: [] };
}

const softmax = (input: Tensor, output: Tensor): Operation => ({
  kind: "softmax",
  inputs: [input],
  output,
  axis: 0,
  origins: [],
});

const reshape = (input: Tensor, output: Tensor): Operation => ({
  kind: "reshape",
  inputs: [input],
  output,
  origins: [],
});

const namesOf = (graph: Graph): readonly string[] =>
  planBuffers(schedule(graph)).steps.map(
    ({ inputs, output }) => `${inputs.map(({ name }) => name).join()} -> ${output.name}`,
  );

describe("chains", () => {
  test("two buffers take turns", () => {
    const [a, b, c, d, e] = Array.from({ length: 5 }, (_, id) => tensor(id, 4)) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const operations = [scaled(a, b, 2), scaled(b, c, 3), scaled(c, d, 4), scaled(d, e, 5)];
    const graph = { name: "Net", input: a, output: e, operations };
    expect(namesOf(graph)).toEqual(["x -> a", "a -> b", "b -> a", "a -> y"]);
  });

  test("a reshape is another view of the same value", () => {
    const [a, b, c, d] = [tensor(0, 4), tensor(1, 4), tensor(2, 2, 2), tensor(3, 2, 2)] as const;
    const graph = { name: "Net", input: a, output: d, operations: [scaled(a, b, 2), reshape(b, c), scaled(c, d, 3)] };
    expect(namesOf(graph)).toEqual(["x -> a", "a -> y"]);
  });

  test("nothing but reshapes is a copy", () => {
    const [a, b] = [tensor(0, 4), tensor(1, 2, 2)] as const;
    expect(namesOf({ name: "Net", input: a, output: b, operations: [reshape(a, b)] })).toEqual(["x -> y"]);
    expect(namesOf({ name: "Net", input: a, output: a, operations: [] })).toEqual(["x -> y"]);
  });
});

describe("graphs with branches", () => {
  const [a, b, c, d, e] = Array.from({ length: 5 }, (_, id) => tensor(id, 3)) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  /** `b` is read by two operations, the second one after `c` has been written and read. */
  const branching: Graph = {
    name: "Net",
    input: a,
    output: e,
    operations: [scaled(a, b, 2), scaled(b, c, 3), softmax(c, d), scaled(b, e, 5)],
  };

  test("a value keeps its buffer until it is read for the last time", () => {
    verifyGraph(branching);
    expect(namesOf(branching)).toEqual(["x -> a", "a -> b", "b -> c", "a -> y"]);
    const program = lowerToLoops(branching, new Map());
    verify(program);
    expect(interpretLoops(program, { inputs: [[1, 2, 3]], arrays: new Map() })).toEqual([16, 26, 36]);
  });

  test("what two operations read is joined to neither", () => {
    const fused = fuse(branching);
    verifyGraph(fused);
    expect(fused.operations.map(({ output: { id } }) => id)).toEqual([1, 2, 3, 4]);
    // The last operation of a chain is.
    const chain = fuse({ ...branching, operations: branching.operations.slice(0, 2), output: c });
    expect(chain.operations.map(({ output: { id } }) => id)).toEqual([1]);
    expect(chain.output.id).toBe(1);
  });

  test("a result that operations read is copied for the caller", () => {
    const graph = { ...branching, output: b };
    expect(namesOf(graph)).toEqual(["x -> a", "a -> b", "b -> c", "a -> b", "a -> y"]);
    const found = interpretLoops(lowerToLoops(graph, new Map()), { inputs: [[1, 2, 3]], arrays: new Map() });
    expect(found).toEqual([3, 5, 7]);
  });

  test("an input is copied once for all operations that go through it again and again", () => {
    const graph = { ...branching, operations: [softmax(a, b), softmax(a, c), scaled(a, d, 2), scaled(b, e, 5)] };
    const staged = planBuffers(withStagedInput(schedule(graph), ({ kind }) => kind === "softmax"));
    expect(staged.steps.map(({ inputs, output }) => `${inputs[0]?.name} -> ${output.name}`)).toEqual([
      "x -> a",
      "a -> b",
      "a -> c",
      "x -> a",
      "b -> y",
    ]);
  });
});

/** Steps that read any values before them, one to three each. */
const randomSchedule: fc.Arbitrary<Schedule> = fc
  .array(fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 30 })
  .map((reads) => {
    const values = Array.from({ length: reads.length + 1 }, (_, id) => tensor(id, 1 + (id % 7)));
    const steps = reads.map((picks, at) => {
      // The last value is the result, which nothing reads.
      const inputs = picks.map((pick) => values[pick % (at + 1)] as Tensor);
      const output = values[at + 1] as Tensor;
      return { operation: scaled(inputs[0] as Tensor, output, 1), inputs, output };
    });
    return { input: values[0] as Tensor, output: values.at(-1) as Tensor, steps };
  });

describe("any schedule", () => {
  test("no buffer is written while a value in it is still to be read", () => {
    fc.assert(
      fc.property(randomSchedule, (any) => {
        const { steps, input, output } = planBuffers(any);
        // What each buffer holds.
        const held = new Map<string, number>([[input.name, any.input.id]]);
        steps.forEach((step, at) => {
          const { inputs, output: written } = any.steps[at] as Schedule["steps"][number];
          inputs.forEach(({ id }, position) => expect(held.get(step.inputs[position]?.name ?? "")).toBe(id));
          expect(step.inputs.map(({ name }) => name)).not.toContain(step.output.name);
          held.set(step.output.name, written.id);
        });
        expect(held.get(output.name)).toBe(any.output.id);
      }),
    );
  });

  test("there are no more buffers than values that are needed at once", () => {
    fc.assert(
      fc.property(randomSchedule, (any) => {
        const values = lifetimes(any);
        const most = any.steps.map((_, at) => values.filter((one) => one.written <= at && at <= one.lastRead).length);
        const used = new Set(assignNames(values).values());
        expect(used.size).toBe(Math.max(...most));
        expect([...used].sort()).toEqual([...used].map((_, at) => scratchName(at)).sort());
      }),
    );
  });
});
