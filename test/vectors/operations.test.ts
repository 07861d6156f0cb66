import fc from "fast-check";
import { expect, test } from "vitest";
import { layers } from "../../src/layers/index.ts";
import { layerCases } from "../random/layer-table.ts";
import { map } from "../random/nd.ts";
import { arraysOf } from "../random/run-stack.ts";
import { buildStack, stackPick, type Stack } from "../random/stack.ts";
import { interpret } from "./interpret.ts";
import { graphOf, instructionSets, modelOf, packedWeights, programsOf, verify } from "./programs.ts";

/** Lines whose layer the language has. */
const available = layerCases.filter(({ className }) => layers.some((layer) => layer.className === className));
/** How many models are tried; `VECTOR_MODELS=5000 npx vitest run ... test/vectors` tries more. */
const budget = Number(process.env["VECTOR_MODELS"] ?? 250);

test("vector programs compute what float64 formulas say, for any number of samples", async () => {
  const tried = new Set<string>();
  const anySamples = stackPick.chain((pick) =>
    fc.integer({ min: 1, max: 13 }).map((samples) => ({ ...pick, samples })),
  );
  await fc.assert(
    fc.asyncProperty(anySamples, fc.constantFrom(...instructionSets), async (pick, instructions) => {
      const stack = buildStack(pick, available);
      const model = await modelOf(stack.text);
      const graph = graphOf(model);
      graph.operations.forEach(({ kind }) => tried.add(kind));
      const arrays = arraysOf(model, stack);
      const allBounds = stack.samples.map((sample) => errorBounds(stack, sample));
      for (const lowered of programsOf(graph, instructions)) {
        verify(lowered);
        const { program, fewest, most } = lowered;
        if (stack.samples.length < fewest) continue;
        const samples = stack.samples.slice(0, most);
        const found = interpret(program, {
          input: samples.flatMap(({ input }) => [...input.data]),
          samples: samples.length,
          dims: stack.dims,
          weights: packedWeights(program, arrays),
          fused: instructions.fused,
        });
        const expected = samples.flatMap(({ output }) => [...output.data]);
        const bounds = allBounds.slice(0, most).flat();
        expect(found.length).toBe(expected.length);
        expected.forEach((value, at) => {
          if (Math.abs((found[at] as number) - value) <= (bounds[at] as number)) return;
          expect.fail(
            `${instructions.name}, ${samples.length} samples, ${at}: ${found[at]}, not ${value}\n${stack.text}`,
          );
        });
      }
    }),
    { numRuns: budget },
  );
  expect([...tried].sort()).toEqual([
    "dense",
    "einsum",
    "elementwise",
    "embedding",
    "glu",
    "reduce-map",
    "reshape",
    "softmax",
    "sparsemax",
    "strided-copy",
    "weighted-map",
  ]);
});

/** What float32 may be off: what `layerc verify` allows, and more where errors of the size of its rounding are enlarged. */
function errorBounds({ layers: stackLayers }: Stack, { input, output }: Stack["samples"][number]): readonly number[] {
  const bounds = Array.from(output.data, (value) => 2e-6 * Math.max(1, Math.abs(value)));
  for (let nudge = 1; nudge <= 6; nudge++) {
    const nudged = stackLayers.reduce((value, { choice, weights }, position) => {
      const result = choice.reference(value, weights);
      const step = 2e-7 * Array.from(result.data).reduce((largest, one) => Math.max(largest, Math.abs(one)), 0);
      return map(result, (one, at) => one + Math.sign(Math.sin((at + 1) * 12.9 * nudge + position)) * step);
    }, input);
    nudged.data.forEach((value, at) => {
      bounds[at] = Math.max(bounds[at] as number, 8 * Math.abs(value - (output.data[at] as number)));
    });
  }
  return bounds;
}
