import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Options } from "prettier";
import { createTrace } from "../../src/targets/typescript/trace.ts";

// Not under its own name, which leads back here.
const file = createRequire(import.meta.url)
  .resolve("prettier/standalone")
  .replace(/\.js$/, ".mjs");
const prettier = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof import("prettier/standalone");

const skipped = new AsyncLocalStorage<boolean>();

/**
 * Stands in for `prettier/standalone` in the tests (`vitest.config.ts`): Prettier itself, but for what runs inside of
 * `withoutLayout`, and for what it has laid out before.
 */
export const format: typeof prettier.format = async (text, options) => {
  // Model files are no code that is generated.
  if (options?.parser === "layers") return prettier.format(text, options);
  return skipped.getStore() === true ? text : formatParts(text, options);
};

/**
 * Compiles without laying out the code, which takes most of the time of a compilation. For tests that only run the code
 * or type-check it: layout changes nothing of what it does.
 */
export function withoutLayout<Result>(action: () => Result): Result {
  return skipped.run(true, action);
}

/** Parts of modules as Prettier lays them out, by the parser and their text: most are in many modules. */
const known = new Map<string, string>();
const mark = createTrace().mark(undefined);
/** The marks of a module: all but their number is as in any other. */
const markPattern = new RegExp(
  `^${mark
    .trim()
    .replaceAll("$", String.raw`\$`)
    .replace(/\d+/, String.raw`\d+`)}$`,
  "m",
);

/** Cut where the compiler marks a module: a statement is laid out the same whatever stands before and behind it. */
async function formatParts(text: string, options: Options = {}): Promise<string> {
  const parts = text.split(markPattern).map((part) => ({
    text: part,
    key: `${String(options.parser)} ${part.trim()}`,
    end: /\n\s*\n\s*$/.test(part) ? "\n\n" : "\n",
  }));
  const unknown = new Map(parts.filter(({ key }) => !known.has(key)).map((part) => [part.key, part.text]));
  if (unknown.size > 0) {
    const formatted = await prettier.format([...unknown.values()].join(`\n\n${mark}`), options);
    const formattedParts = formatted.split(markPattern);
    [...unknown.keys()].forEach((key, at) => known.set(key, (formattedParts[at] as string).trim()));
  }
  const marks = ["", ...(text.match(new RegExp(markPattern, "gm")) ?? []).map((found) => `${found}\n`)];
  return parts.map(({ key, end }, at) => `${marks[at]}${known.get(key)}${end}`).join("");
}
