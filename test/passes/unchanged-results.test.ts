import fc from "fast-check";
import { expect, test } from "vitest";
import type { Graph, Operation } from "../../src/ir/graph.ts";
import type { LoopProgram, Plan } from "../../src/ir/loops.ts";
import { verify } from "../../src/ir/verify.ts";
import { verifyGraph } from "../../src/ir/verify-graph.ts";
import type { WeightArrays } from "../../src/ir/weight-arrays.ts";
import { layers } from "../../src/layers/index.ts";
import { lowerToLoops } from "../../src/lower/graph-to-loops.ts";
import { lowerToGraph } from "../../src/lower/model-to-graph.ts";
import { graphPasses } from "../../src/passes/graph/index.ts";
import { loopPasses } from "../../src/passes/loops/index.ts";
import { interpretLoops } from "../ir/interpret-loops.ts";
import { layerCases } from "../random/layer-table.ts";
import { arraysOf } from "../random/run-stack.ts";
import { buildStack, stackPick, type Stack } from "../random/stack.ts";
import { modelOf } from "../vectors/programs.ts";

/** Lines whose layer the language has. */
const available = layerCases.filter(({ className }) => layers.some((layer) => layer.className === className));
/** How many models are tried; `PASS_MODELS=5000 npx vitest run ... test/passes` tries more. */
const budget = Number(process.env["PASS_MODELS"] ?? 120);

/** Any plan that a target may have, whatever it is worth. */
const anyPlan = fc.record({
  strategies: fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
  unroll: fc.constantFrom("auto" as const, "full" as const),
  bound: fc.boolean(),
  panelLanes: fc.constantFrom(1 as const, 4 as const, 8 as const),
});

test("every pass leaves the results of random models as they are", { timeout: 300_000 }, async () => {
  const changed = new Set<string>();
  await fc.assert(
    fc.asyncProperty(stackPick, anyPlan, async (pick, { strategies, ...options }) => {
      const stack = buildStack(pick, available);
      const model = await modelOf(stack.text);
      const arrays = arraysOf(model, stack);
      const expected = stack.samples.flatMap(({ output }) => [...output.data]);

      let graph = lowerToGraph(model);
      verifyGraph(graph);
      for (const { name, run } of graphPasses) {
        const after = run(graph, { precision: "float32", ...(options.bound ? { arrays } : { fileArrays: arrays }) });
        verifyGraph(after);
        if (!changed.has(name) && JSON.stringify(after) !== JSON.stringify(graph)) changed.add(name);
        graph = after;
        // The graph in plain loops.
        compare(name, results(lowerToLoops(graph, new Map()), stack, arrays), expected, stack);
      }

      let program = lowerToLoops(graph, plansOf(graph, strategies));
      verify(program);
      for (const { name, run } of loopPasses) {
        const after = run(program, { options, arrays: options.bound ? arrays : new Map() });
        verify(after);
        if (!changed.has(name) && JSON.stringify(after) !== JSON.stringify(program)) changed.add(name);
        program = after;
        compare(name, results(program, stack, arrays), expected, stack);
      }
    }),
    { numRuns: budget },
  );
  // Rounding to bfloat16 or int8 changes results, and has tests of its own.
  const all = [...graphPasses, ...loopPasses]
    .map(({ name }) => name)
    .filter((name) => name !== "round-kernels" && name !== "quantize-kernels");
  expect([...changed].sort()).toEqual(all.sort());
});

/** Dense layers have any strategy, other operations one that they can have. */
function plansOf({ operations }: Graph, strategies: readonly number[]): ReadonlyMap<Operation, Plan> {
  const names = ["loops", "straight-line", "tiled loops"] as const;
  return new Map(
    operations.map((operation, at): [Operation, Plan] => {
      const chosen = strategies[at % strategies.length] as number;
      const strategy = names[operation.kind === "dense" ? chosen : chosen % 2] as Plan["strategy"];
      return [operation, { strategy, reason: "" }];
    }),
  );
}

function results(program: LoopProgram, { samples, dims }: Stack, arrays: WeightArrays): readonly number[] {
  return interpretLoops(program, { inputs: samples.map(({ input }) => input.data), dims, arrays });
}

/** What reordered sums and folded weights may be off in float64. */
const tolerance = 1e-9;

function compare(pass: string, found: readonly number[], expected: readonly number[], { text }: Stack): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, at) => {
    const one = found[at] as number;
    if (Math.abs(one - value) <= tolerance * Math.max(1, Math.abs(value))) return;
    expect.fail(`after '${pass}', value ${at}: ${one}, not ${value}\n${text}`);
  });
}
