import { expose } from "comlink";
import type {
  Built,
  Runnable,
  SourceFile,
  Trainable,
  Variant,
} from "../model/built.ts";
import { build } from "./build.ts";
import { pageHost, type ReadFile } from "./host.ts";
import type { ImportedFile } from "./import-file.ts";
import { makeTrainable } from "./make-trainable.ts";
import { compileGiven } from "./missing-weights.ts";
import { moduleSizes, type ModuleSize } from "./module-sizes.ts";

/** The options of a build that a download has. */
export interface ModuleOptions {
  readonly emit?: "js";
  readonly target?: "wasm";
}

/** What the page has done with layerc, in a worker. */
export interface Builder {
  build(source: SourceFile, readFile: ReadFile): Promise<Built>;
  /** A model that has been built, as code to run. */
  runnable(
    source: SourceFile,
    model: string,
    variant: Variant,
    readFile: ReadFile,
  ): Promise<Runnable>;
  /** A model that has a compile clause, as code that trains it. */
  trainable(
    source: SourceFile,
    model: string,
    readFile: ReadFile,
  ): Promise<Trainable>;
  /** What a build with other options writes: the text of the module. */
  module(
    source: SourceFile,
    options: ModuleOptions,
    readFile: ReadFile,
  ): Promise<string>;
  /** How large the module of a source is, in TypeScript and in JavaScript. */
  sizes(source: SourceFile, readFile: ReadFile): Promise<readonly ModuleSize[]>;
  /** A model file of another tool as Layers and its weights. */
  importFile(name: string, readFile: ReadFile): Promise<ImportedFile>;
}

const builder: Builder = {
  build: (source, readFile) => build(source, pageHost(readFile)),
  async module(source, options, readFile) {
    const { files } = await compileGiven(source, pageHost(readFile), options);
    return String(files[0]!.content);
  },
  sizes: (source, readFile) => moduleSizes(source, pageHost(readFile)),
  async runnable(source, model, variant, readFile) {
    const { makeRunnable } = await import("./make-runnable.ts");
    return makeRunnable(source, model, variant, pageHost(readFile));
  },
  trainable: (source, model, readFile) =>
    makeTrainable(source, model, pageHost(readFile)),
  async importFile(name, readFile) {
    const { importFile } = await import("./import-file.ts");
    return importFile(name, pageHost(readFile));
  },
};

export function serve(port: MessagePort): void {
  expose(builder, port);
}
