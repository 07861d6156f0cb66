import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { activations } from "../../src/activations/index.ts";
import { layers } from "../../src/layers/index.ts";
import { activationCases } from "./activation-table.ts";
import { layerCases } from "./layer-table.ts";
import type { RunMode } from "./instantiate.ts";
import { runModes, runStack } from "./run-stack.ts";
import { buildStack, stackPick, type Stack } from "./stack.ts";

/** How many models are tried; `RANDOM_MODELS=20000 npx vitest run ... test/random` tries more. */
const budget = Number(process.env["RANDOM_MODELS"] ?? 400);
const seed = Number(process.env["RANDOM_SEED"] ?? 20_260_101);

/** Lines whose layer the language has. */
const available = layerCases.filter(({ className }) => layers.some((layer) => layer.className === className));

describe("the table of references", () => {
  test("has every layer", () => {
    expect(
      layers.map(({ className }) => className).filter((name) => !layerCases.some((item) => item.className === name)),
    ).toEqual([]);
  });

  test("has every activation", () => {
    const named = new Set(activationCases.map(({ name }) => name));
    const missing = activations.filter(
      ({ name, aliases }) => ![name, ...(aliases ?? [])].some((any) => named.has(any)),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

test("random models compute what float64 formulas say", async () => {
  const tried = new Map<string, number>();
  let models = 0;
  await fc.assert(
    fc.asyncProperty(stackPick, fc.nat(runModes.length - 1), async (pick, mode) => {
      const stack = buildStack(pick, available);
      models += 1;
      for (const { choice } of stack.layers) {
        const className = choice.text.replace(/\(.*/, "");
        tried.set(className, (tried.get(className) ?? 0) + 1);
      }
      await compareStack(stack, runModes[mode] as RunMode);
    }),
    { numRuns: budget, seed, verbose: false },
  );
  const counts = [...tried].sort(([, a], [, b]) => b - a).map(([name, count]) => `${name} ${count}`);
  console.log(`${models} random models agree with float64 formulas; layers: ${counts.join(", ")}`);
  const never = available.filter(({ className }) => !tried.has(className));
  expect(never.map(({ className }) => className)).toEqual([]);
});

async function compareStack(stack: Stack, mode: RunMode): Promise<void> {
  const title = `${JSON.stringify(mode)} ${JSON.stringify(stack.dims)}\n${stack.text}`;
  const { single, batch } = await runStack(stack, mode).catch((error: unknown) => {
    throw new Error(`${title}${String(error)}`, { cause: error });
  });
  stack.samples.forEach(({ output }, sample) => {
    const computed = single[sample] as Float32Array;
    const together = batch.subarray(sample * computed.length, (sample + 1) * computed.length);
    if (computed.length !== output.data.length) {
      throw new Error(`${title}${computed.length} values, expected ${output.data.length}`);
    }
    output.data.forEach((expected, at) => {
      for (const value of [computed[at] as number, together[at] as number]) {
        if (Math.abs(value - expected) <= 2e-6 * Math.max(1, Math.abs(expected))) continue;
        throw new Error(`${title}sample ${sample}, value ${at}: ${value}, expected ${expected}`);
      }
    });
  });
}
