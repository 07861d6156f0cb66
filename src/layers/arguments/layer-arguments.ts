import type { LayerDefinition } from "../definition.ts";
import { callParameters } from "../trainable.ts";
import type { CallSite } from "./bind.ts";
import { readArguments, type ArgumentConfig } from "./config.ts";
import type { CallArgument } from "./value.ts";

/** The checked arguments of a layer; `values` are those of its own parameters. */
export interface LayerArguments extends ArgumentConfig {
  /** Whether training changes the layer's weights. */
  readonly trainable: boolean;
}

/** Binds and converts the arguments of a layer; reports what is wrong with them. */
export function layerArguments(
  definition: LayerDefinition,
  args: readonly CallArgument[],
  site: CallSite,
): LayerArguments {
  const read = readArguments(callParameters(definition), args, site);
  const { trainable, ...values } = read.values;
  return { ...read, values, trainable: trainable !== false };
}
