import { createRollupPlugin } from "unplugin";
import { definePlugin } from "./define-plugin.ts";
import type { LayersOptions } from "./options.ts";

export type { LayersOptions } from "./options.ts";

/** A plugin of Rollup; what it is made of is Rollup's business. */
export interface LayersPlugin {
  readonly name: string;
}

/** Makes `.layers` files modules of Rollup: `plugins: [layers()]`. Throws for options that it does not have. */
export const layers: (options?: LayersOptions) => LayersPlugin = createRollupPlugin(definePlugin) as (
  options?: LayersOptions,
) => LayersPlugin;

export default layers;
