import fc from "fast-check";
import { expect, test } from "vitest";
import { compileCode } from "./support/compile-text.ts";
import { createModel, modelOf, runModule, type AnyModel } from "./support/run-module.ts";
import { numbers, randomStack, type RandomStack } from "./random-stack.ts";
import { applyLayer, type Sample } from "./reference.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";

const runs = 40;
const unrolls = ["auto", "full", "none"] as const;

test(`${runs} random stacks agree with a plain reference, however they are compiled`, async () => {
  const tried = { stacks: 0, modules: 0, values: 0, ranks: new Set<number>(), runtime: 0, kinds: new Set<string>() };
  await fc.assert(
    fc.asyncProperty(randomStack, async (stack) => {
      tried.stacks++;
      tried.ranks.add(stack.inputShape.length);
      tried.runtime += Object.keys(stack.dims).length > 0 ? 1 : 0;
      for (const { layer } of stack.layers) tried.kinds.add(layer.kind);
      const expected = referenceOutputs(stack);
      for (const model of await compiled(stack)) {
        tried.modules++;
        tried.values += expected.flat().length;
        compare(model, stack, expected);
      }
    }),
    { seed: 20, numRuns: runs },
  );
  console.log(
    `tried ${tried.stacks} stacks (${tried.runtime} with run-time dims), ${tried.modules} modules, ${tried.values} outputs`,
  );
  expect([...tried.ranks].sort()).toEqual([1, 2, 3, 4]);
  expect(tried.kinds.size).toBe(7);
  expect(tried.values).toBeGreaterThan(5_000);
});

/** The stack with its weights as arguments and baked in, unrolled as the budget says, fully, and not at all. */
async function compiled(stack: RandomStack): Promise<readonly AnyModel[]> {
  const models: AnyModel[] = [];
  const arrays = flatten(stack.weights, []);
  const bound = arrays.length === 0 ? undefined : stack.source.replace("model Net {", `model Net {\n  weights "net"`);
  for (const unroll of unrolls) {
    const module = await runModule((await compileCode(stack.source, { emit: "js", unroll })).text);
    models.push("net" in module ? modelOf(module, "net") : createModel(module, "Net", stack.weights));
    if (bound === undefined) continue;
    const files = { net: writeSafetensors(withShapes(arrays, stack)) };
    models.push(modelOf(await runModule((await compileCode(bound, { emit: "js", unroll, files })).text), "net"));
  }
  return models;
}

type NamedArray = { readonly name: string; readonly data: Float32Array };

function flatten(node: object, path: readonly string[]): readonly NamedArray[] {
  return Object.entries(node).flatMap(([key, value]: [string, object]) =>
    value instanceof Float32Array ? [{ name: [...path, key].join("."), data: value }] : flatten(value, [...path, key]),
  );
}

function withShapes(arrays: readonly NamedArray[], stack: RandomStack) {
  return arrays.map(({ name, data }) => {
    const { layer } = stack.layers[Number(/\d+/.exec(name)?.[0])]!;
    const units = layer.kind === "dense" ? layer.units : NaN;
    return { name, data, shape: name.endsWith("kernel") ? [data.length / units, units] : [units] };
  });
}

function inputsOf(stack: RandomStack): readonly number[][] {
  const random = numbers(stack.seed + 1);
  const size = stack.inputShape.reduce((product, axis) => product * axis, 1);
  return Array.from({ length: stack.samples }, () => Array.from({ length: size }, () => Math.fround(2 * random())));
}

function referenceOutputs(stack: RandomStack): readonly (readonly number[])[] {
  return inputsOf(stack).map((values) => {
    const start: Sample = { shape: stack.inputShape, values };
    return stack.layers.reduce((sample, { layer, weights }) => applyLayer(layer, weights, sample), start).values;
  });
}

function compare(model: AnyModel, stack: RandomStack, expected: readonly (readonly number[])[]): void {
  const inputs = inputsOf(stack);
  const batch = model.forwardBatch(inputs.flat(), undefined, stack.dims);
  expect(batch.length).toBe(expected.flat().length);
  inputs.forEach((input, at) => {
    const output = model.forward(input, undefined, stack.dims);
    expect(output).toEqual(batch.slice(at * output.length, (at + 1) * output.length));
    expected[at]!.forEach((value, position) => {
      const error = Math.abs(output[position]! - value) / Math.max(1, Math.abs(value));
      if (!(error <= 2e-6))
        throw new Error(`${stack.source}\nvalue ${position}: ${output[position]}, expected ${value}`);
    });
  });
}
