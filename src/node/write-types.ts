import type { CompileResult } from "../compile.ts";
import type { TypesEnding } from "../config/config.ts";
import { optionDefaults } from "../config/options/values.ts";
import type { Checked } from "../diagnostics/diagnostic.ts";
import { fileStem, modelEnding, sourceEnding } from "../model-formats/file-names.ts";
import { commitFiles } from "./commit-files.ts";
import { nodeFileSystem, type FileSystem } from "./file-system.ts";
import { outputEdited, outputNotGenerated, planOutputs } from "./outputs.ts";
import type { Output } from "./plan-files.ts";

/** A model file and what `compile` made of it with `emit: "js"`. */
export interface TypedModule {
  /** Seen from `cwd`, or absolute. */
  readonly file: string;
  readonly result: Pick<CompileResult, "files" | "dependencies" | "models">;
}

export interface TypesOptions {
  /** Absolute. */
  readonly cwd: string;
  /** Default: that of the option `types`. */
  readonly ending?: TypesEnding | undefined;
  readonly files?: FileSystem;
}

const notReplaced: readonly string[] = [outputNotGenerated.code, outputEdited.code];

/** The name of the declarations of a model file: `digits.d.layers.ts` or `digits.layers.d.ts`, `mlp.d.keras.ts` of `mlp.keras`. */
export function typesName(file: string, ending: TypesEnding = optionDefaults.types): string {
  const kind = modelEnding(file) || sourceEnding;
  return `${fileStem(file)}.${ending.replace(sourceEnding.slice(1), kind.slice(1))}`;
}

/**
 * Which declaration files belong beside model files, and whether those on disk are current. Their content is that of
 * the `.d.ts` that `layerc build --emit js` writes, with the default export that plugins add. A file of other origin in such a place is a diagnostic.
 */
export async function planTypes(
  modules: readonly TypedModule[],
  options: TypesOptions,
): Promise<Checked<readonly Output[]>> {
  const { withDefaultExport } = await import("./default-export.ts");
  const { cwd, ending, files = nodeFileSystem } = options;
  const built = modules.map(({ file, result }) => ({
    input: { path: file, folderFromBase: "" },
    result: {
      dependencies: result.dependencies,
      files: result.files
        .filter(({ name }) => name.endsWith(".d.ts"))
        .map(({ content }) => ({
          name: typesName(file, ending),
          content: typeof content === "string" ? withDefaultExport(content, result.models) : content,
        })),
    },
  }));
  const { value, diagnostics } = await planOutputs(built, { outDir: undefined, cwd, files });
  return {
    value,
    // They go nowhere else, and a plugin has no --force.
    diagnostics: diagnostics.map((diagnostic) =>
      notReplaced.includes(diagnostic.code) ? { ...diagnostic, help: "move or delete it" } : diagnostic,
    ),
  };
}

/** Writes the declaration files that `planTypes` finds missing or out of date, all or none, each whole or not at all. */
export async function writeTypes(
  modules: readonly TypedModule[],
  options: TypesOptions,
): Promise<Checked<readonly Output[]>> {
  const planned = await planTypes(modules, options);
  if (planned.diagnostics.length > 0) return planned;
  const changed = planned.value.filter(({ state }) => state !== "current");
  const failure = await commitFiles(changed, options.cwd, options.files ?? nodeFileSystem);
  return { value: planned.value, diagnostics: failure === undefined ? [] : [failure] };
}
