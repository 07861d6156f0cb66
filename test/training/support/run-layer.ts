import { check } from "../../../src/compile.ts";
import { trainLayer } from "../../../src/layers/train-layer.ts";
import { Interpreter } from "./interpreter.ts";
import type { Numbers } from "./one-hot.ts";

/** What a layer without weights gives in a step of training; `random` is what the step draws, in its order. */
export async function runLayer(
  text: string,
  input: Numbers,
  isTraining: boolean,
  random?: () => number,
): Promise<readonly number[]> {
  const [batch, ...shape] = input.shape;
  const { models } = await check(`model M { input [${shape.join(", ")}] ${text} }`);
  const layer = models[0]?.layers[0];
  if (layer === undefined || layer.kind === "nested") throw new Error(`no layer: ${text}`);
  const step = new Interpreter(batch!, random);
  const none = (name: string): never => {
    throw new Error(`no array '${name}'`);
  };
  const output = trainLayer(layer.definition, {
    config: layer.config,
    input: step.put({ shape, perSample: true, data: input.data }),
    outputShape: layer.outputShape,
    weight: none,
    constant: none,
    graph: step.builder,
    isTraining,
    trainable: true,
  });
  return step.numbersOf(output);
}
