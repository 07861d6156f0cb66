import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// Not under its own name, which leads back here.
const file = createRequire(import.meta.url)
  .resolve("prettier/standalone")
  .replace(/\.js$/, ".mjs");
const prettier = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof import("prettier/standalone");

const skipped = new AsyncLocalStorage<boolean>();

/**
 * Stands in for `prettier/standalone` in the tests (`vitest.config.ts`): Prettier itself, but for what runs inside of
 * `withoutLayout`.
 */
export const format: typeof prettier.format = async (text, options) =>
  skipped.getStore() === true ? text : prettier.format(text, options);

/**
 * Compiles without laying out the code, which takes most of the time of a compilation. For tests that only run the code
 * or type-check it: layout changes nothing of what it does.
 */
export function withoutLayout<Result>(action: () => Result): Result {
  return skipped.run(true, action);
}
