import { createRspackPlugin } from "unplugin";
import { definePlugin } from "./define-plugin.ts";
import type { LayersOptions } from "./options.ts";

export type { LayersOptions } from "./options.ts";

/** A plugin of Rspack. */
export interface LayersPlugin {
  apply(compiler: unknown): void;
}

/** Makes `.layers` files modules of Rspack: `plugins: [layers()]`. Throws for options that it does not have. */
export const layers: (options?: LayersOptions) => LayersPlugin = createRspackPlugin(definePlugin) as (
  options?: LayersOptions,
) => LayersPlugin;

export default layers;
