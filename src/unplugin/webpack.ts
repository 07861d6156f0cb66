import { createWebpackPlugin } from "unplugin";
import { definePlugin } from "./define-plugin.ts";
import type { LayersOptions } from "./options.ts";

export type { LayersOptions } from "./options.ts";

/** A plugin of webpack. */
export interface LayersPlugin {
  apply(compiler: unknown): void;
}

/** Makes `.layers` files modules of webpack: `plugins: [layers()]`. Throws for options that it does not have. */
export const layers: (options?: LayersOptions) => LayersPlugin = createWebpackPlugin(definePlugin) as (
  options?: LayersOptions,
) => LayersPlugin;

export default layers;
