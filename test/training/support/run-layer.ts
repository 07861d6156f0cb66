import { check } from "../../../src/compile.ts";
import { trainLayer } from "../../../src/layers/train-layer.ts";
import { Interpreter } from "./interpreter.ts";
import type { Numbers } from "./one-hot.ts";

/** What a step of training gets for a layer. */
interface LayerStep {
  /** As a model file writes it. */
  readonly layer: string;
  /** The axis of the samples first. */
  readonly input: Numbers;
  readonly isTraining: boolean;
  readonly weights?: Readonly<Record<string, Numbers>>;
  /** What the step draws, in its order. */
  readonly random?: () => number;
}

/** A layer in a step of training: what it gives, what its weights become, and what it adds to the loss. */
export async function runLayer({ layer, input, isTraining, weights = {}, random }: LayerStep) {
  const [batch, ...shape] = input.shape;
  const { models } = await check(`model M { input [${shape.join(", ")}] ${layer} }`);
  const found = models[0]?.layers[0];
  if (found === undefined || found.kind === "nested") throw new Error(`no layer: ${layer}`);
  const step = new Interpreter(batch!, random);
  const path = (name: string) => ({
    path: name.split("/"),
    shape: found.weights.find((spec) => spec.name === name)!.shape,
  });
  for (const { name } of found.weights) {
    step.putWeight(path(name), weights[name.split("/").at(-1)!]!.data);
  }
  const output = trainLayer(found.definition, {
    config: found.config,
    input: step.put({ shape, perSample: true, data: input.data }),
    outputShape: found.outputShape,
    weight: path,
    constant: (name, size, values) => ({ path: [name], shape: size, values: Float64Array.from(values) }),
    graph: step.builder,
    isTraining,
    trainable: found.trainable,
  });
  const moved = new Map([...step.moved].map(([name, data]) => [name.split("/").at(-1)!, data]));
  return { output: step.numbersOf(output), moved, penalties: step.penalties };
}
