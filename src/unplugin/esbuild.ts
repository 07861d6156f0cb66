import { createEsbuildPlugin } from "unplugin";
import { definePlugin } from "./define-plugin.ts";
import type { LayersOptions } from "./options.ts";

export type { LayersOptions } from "./options.ts";

/** A plugin of esbuild. */
export interface LayersPlugin {
  readonly name: string;
  setup(build: unknown): void | Promise<void>;
}

/** Makes `.layers` files modules of esbuild: `plugins: [layers()]`. Throws for options that it does not have. */
export const layers: (options?: LayersOptions) => LayersPlugin = createEsbuildPlugin(definePlugin) as (
  options?: LayersOptions,
) => LayersPlugin;

export default layers;
