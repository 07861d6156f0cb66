import type { Backend } from "./case.ts";

const all: readonly Backend[] = ["wasm-relaxed-simd", "wasm-simd", "typescript"];
const withoutRelaxed: readonly Backend[] = ["wasm-simd", "typescript"];
const loops: readonly Backend[] = ["typescript"];

/** Every engine that the tests run modules in, with the paths that they take or can be made to take there. */
export const engines = {
  "Node 20": withoutRelaxed,
  "Node 22": all,
  "Node 24": all,
  "Node 26": all,
  Bun: all,
  Deno: all,
  "Chromium: page": all,
  "Chromium: worker": all,
  "Chromium: AudioWorklet": all,
  "Firefox ESR: page": all,
  "Firefox ESR: worker": all,
  "Firefox ESR: AudioWorklet": all,
  // Before 145 it had no relaxed SIMD.
  "Firefox 140 ESR: page": withoutRelaxed,
  "Firefox 140 ESR: worker": withoutRelaxed,
  "Firefox 140 ESR: AudioWorklet": withoutRelaxed,
  JavaScriptCore: withoutRelaxed,
  workerd: loops,
  Hermes: loops,
  QuickJS: loops,
  s390x: loops,
} satisfies Readonly<Record<string, readonly Backend[]>>;

/** By the name that it has in `src/targets/engines.md`. */
export type Engine = keyof typeof engines;

/** How a browser's three places are called in what a page gives. */
export function placesOf(browser: "Chromium" | "Firefox ESR" | "Firefox 140 ESR"): Readonly<Record<string, Engine>> {
  return { page: `${browser}: page`, worker: `${browser}: worker`, worklet: `${browser}: AudioWorklet` };
}
