import { assembleText } from "./assembler.ts";
import type { Constants } from "./module-parts.ts";
import type { Lookup } from "./print-module.ts";

/** WebAssembly for both instruction sets, which share one memory layout. */
export interface AssembledSets<Layout> {
  readonly layout: Layout;
  readonly relaxed: WasmModule;
  readonly plain: WasmModule;
  readonly lookups: readonly Lookup[];
}

export interface WasmModule {
  /** WebAssembly text. */
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Prints a module by a layout, and adds the constants that it needs. */
export type ModulePrinter<Layout> = (
  layout: Layout,
  constants: Constants,
) => { readonly text: string; readonly lookups: readonly Lookup[] };

/**
 * Prints and assembles a module for both instruction sets. Where arrays lie depends on how many constants come before them,
 * which is known when all is printed.
 */
export async function assembleSets<Layout>(
  printers: Readonly<Record<"relaxed" | "plain", ModulePrinter<Layout>>>,
  layOut: (constants: number) => Layout,
): Promise<AssembledSets<Layout>> {
  const constants: Constants = new Map();
  const print = (layout: Layout) => ({
    relaxed: printers.relaxed(layout, constants),
    plain: printers.plain(layout, constants),
  });
  print(layOut(0));
  const layout = layOut(constants.size);
  const { relaxed, plain } = print(layout);
  return {
    layout,
    relaxed: { text: relaxed.text, bytes: await assembleText(relaxed.text) },
    plain: { text: plain.text, bytes: await assembleText(plain.text) },
    lookups: relaxed.lookups,
  };
}
