import {
  bindModel,
  check,
  generateModules,
  lowerModel,
  planModel,
  type Host,
} from "layerc";
import type { SourceFile, Trainable } from "../model/built.ts";
import { withoutMissingWeights } from "./missing-weights.ts";

/**
 * A model of a source as a module of JavaScript with its trainer, as `layerc build --training` writes it. It has no weights, so that
 * it is the same before and after a model gets some.
 */
export async function makeTrainable(
  source: SourceFile,
  name: string,
  host: Host,
): Promise<Trainable> {
  const { name: path, text } = await withoutMissingWeights(source, host);
  const { models } = await check({ path, text }, { host });
  const model = models.find((one) => one.name === name);
  if (model === undefined) throw new Error(`there is no model ${name}`);
  const lowered = lowerModel(bindModel(model, undefined, "inline"));
  const planned = await planModel(lowered, { target: "typescript" });
  const [generated] = await generateModules([planned], {
    emit: "js",
    sourceName: path,
    training: true,
  });
  return {
    text: generated!.module.files[0]!.text,
    create: `create${name}Trainer`,
  };
}
