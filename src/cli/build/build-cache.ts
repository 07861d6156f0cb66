import path from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { mergeOptions } from "../../config/options/merge-options.ts";
import { cacheKeyNames } from "../../config/options/values.ts";
import type { Source } from "../../syntax/source.ts";
import { chosenOptions } from "../arguments/build-options.ts";
import { chooseModuleKind } from "./choose-module-kind.ts";
import type { BuildResult } from "./build-result.ts";
import { entryVersion, readCacheEntry, type CacheEntry } from "./cache-entry.ts";
import { pruneEntries, readEntry, writeEntry } from "./cache-files.ts";
import { cacheFolder } from "./cache-folder.ts";
import type { Environment } from "../../node/environment.ts";
import type { Input } from "../../node/inputs.ts";
import type { BuildInvocation } from "./build-invocation.ts";
import { removeLeftovers } from "../../node/leftovers.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { outputFolder } from "../../node/outputs.ts";
import { readQuietly } from "../../node/read-quietly.ts";
import { digestOf, type ReadLog } from "../../node/read-log.ts";

/** Results of earlier builds, by what they were made from. */
export interface BuildCache {
  /**
   * The result of an input when a build would give it again: the same compiler and options, every file that it read
   * unchanged, and its outputs on disk as it wrote them. `log` hears of the files, as it does of those that a build reads.
   */
  find(input: Input, log: ReadLog): Promise<BuildResult | undefined>;
  /** Keeps the result of an input without errors, whose outputs are on disk. */
  keep(input: Input, result: BuildResult, log: ReadLog): void;
  /** To be called once after a build: keeps the cache within its bounds, and free of what killed builds have left. */
  tidy(): void;
}

/**
 * The cache of a build; undefined with `--no-cache`, outside of projects, and where more is asked than it keeps. `--check`
 * has none: what it says holds whatever somebody has left there.
 */
export function openCache(invocation: BuildInvocation, environment: Environment): BuildCache | undefined {
  const { cwd, files } = environment;
  // The tables of --explain are as large as the models, and are not what anyone waits for every day.
  if (invocation.cache === false || invocation.explain === true || invocation.check === true) return undefined;
  const folder = cacheFolder(invocation.cacheDir, cwd, files);
  const compilerId = environment.compilerId?.();
  if (folder === undefined || compilerId === undefined) return undefined;

  let grown = false;
  const { outDir } = invocation;
  const madeFrom = (input: Input): string => {
    // What nobody has chosen is as this compiler has it, which is part of the key.
    const { emit } = chooseModuleKind(input, invocation, environment);
    const options = mergeOptions(cacheKeyNames, invocation, chosenOptions(invocation, input.path, cwd), { emit });
    // Paths are seen from the working folder, which the cache knows by its own place: both may move together.
    const places = [path.relative(folder, cwd), input.path, outputFolder(input, outDir), input.trained ?? null];
    return JSON.stringify([entryVersion, compilerId, options, places]);
  };
  const keyOf = (made: string): string => digestOf(new TextEncoder().encode(made));
  const outputFile = (input: Input, name: string): string => path.resolve(cwd, outputFolder(input, outDir), name);

  return {
    async find(input, log) {
      const made = madeFrom(input);
      const entry = readCacheEntry(readEntry(folder, keyOf(made), files), made, input.path);
      if (entry === undefined) return undefined;
      const host = createNodeHost(cwd, files, log);
      for (const [file, digest] of entry.reads) {
        await host.readBytes(file);
        if ((log.get(file)?.digest ?? null) !== digest) return undefined;
      }
      const outputs: { readonly name: string; readonly content: Uint8Array }[] = [];
      for (const [name, digest] of entry.outputs) {
        const content = readQuietly(outputFile(input, name), files);
        if (content === undefined || digestOf(content) !== digest) return undefined;
        outputs.push({ name, content });
      }
      const sources: Source[] = [];
      // Only frames of diagnostics show them.
      for (const file of entry.diagnostics.length === 0 ? [] : entry.sources) {
        const read = await host.readText(file);
        if (!read.ok) return undefined;
        sources.push({ path: file, text: read.content });
      }
      if (!liesWithin(entry.diagnostics, sources)) return undefined;
      const { diagnostics, dependencies, inlined, shared, reports } = entry;
      return { files: outputs, diagnostics, dependencies, inlined, shared, reports, sources };
    },

    keep(input, result, log) {
      const made = madeFrom(input);
      const entry: CacheEntry = {
        made,
        reads: [...log].map(([file, { digest }]) => [file, digest ?? null]),
        outputs: result.files.map(({ name, content }) => [
          name,
          digestOf(typeof content === "string" ? new TextEncoder().encode(content) : content),
        ]),
        sources: result.sources.map((source) => source.path),
        diagnostics: result.diagnostics,
        dependencies: result.dependencies,
        inlined: result.inlined.map(({ name, exportName }) => ({ name, exportName })),
        shared: result.shared,
        reports: result.reports.map(({ model, target }) => ({ model, target, layers: [] })),
      };
      writeEntry(folder, keyOf(made), entry, files);
      grown = true;
    },

    tidy() {
      removeLeftovers([folder], files);
      if (grown) pruneEntries(folder, files);
      grown = false;
    },
  };
}

/** Whether the places of diagnostics lie in the texts that they are shown in; those in other files are shown without one. */
function liesWithin(diagnostics: readonly Diagnostic[], sources: readonly Source[]): boolean {
  const lengths = new Map(sources.map(({ path: file, text }) => [file, text.length]));
  return diagnostics
    .flatMap(({ span, related }) => [...(span === undefined ? [] : [span]), ...related.map((place) => place.span)])
    .every(({ file, end }) => end <= (lengths.get(file) ?? end));
}
