import path from "node:path";
import { nodeFileSystem } from "../node/file-system.ts";
import type { LoadedConfig } from "../node/load-config.ts";
import { displayPath } from "../node/paths.ts";
import { projectFileOptions } from "../node/project-config.ts";
import type { TypesEnding } from "../config/config.ts";
import { mergeOptions } from "../config/options/merge-options.ts";
import {
  namesWhere,
  optionDefaults,
  type CompileValues,
  type OptionValues,
  type PluginValues,
} from "../config/options/values.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source } from "../syntax/source.ts";
import { fileRefused, type LayersOptions } from "./options.ts";

export const bundledWeightsInFile = defineDiagnostic<{ file: string; config: string }>(
  "bundled-weights-in-file",
  "error",
  "The config asks for weights in a file of their own, for a model that is bundled.",
  ({ file, config }) => ({
    message: `'${config}' has weights: "file" for '${file}', expected "inline" for a file that is bundled`,
    help: fileRefused,
  }),
  () => ({
    meaning:
      "A bundler gives a program one module for a model, and no place for a file beside it, so the weights go into the module. A build from the command line can have a file.",
    example: {
      kind: "config",
      text: '{ "weights": "file" }',
      arguments: { file: "digits.layers", config: "layerc.config.json" },
      mended: '{ "weights": "file", "overrides": [{ "files": ["bundled/*.layers"], "weights": "inline" }] }',
    },
  }),
);

/** How one file is compiled, or why that can't be told. */
export interface FileSettings {
  readonly options: BundledValues;
  /** How the name of the declarations ends that are to be written; absent where none are. */
  readonly types?: TypesEnding;
  /** Whether no file outside of the project is read. */
  readonly confined?: boolean;
  /** Errors of the config; the options mean nothing then. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  /** Absolute paths of the files that the options come from. */
  readonly dependencies: readonly string[];
}

/** What the plugin tells `compile`. */
type BundledValues = Pick<PluginValues, keyof CompileValues & keyof PluginValues>;

const bundled = namesWhere<keyof BundledValues>(({ compile, plugin }) => compile && plugin !== false);

/** Gives files their settings: the plugin's own options, and for the rest those of the project's config. */
export function createFileSettings(own: LayersOptions): (id: string, root: string) => Promise<FileSettings> {
  let last: { readonly stamps: string; readonly loaded: LoadedConfig } | undefined;
  const isCurrent = ({ stamps, loaded }: NonNullable<typeof last>): boolean =>
    loaded.ok && loaded.path !== undefined && stampsOf(loaded) === stamps;

  return async (id, root) => {
    // A config script is run again when it, or what it imports, has changed.
    if (last === undefined || !isCurrent(last)) {
      const { loadConfig } = await import("../node/load-config.ts");
      const loaded = await loadConfig(root);
      last = { loaded, stamps: stampsOf(loaded) };
    }
    const { loaded } = last;
    const { dependencies } = loaded;
    const nothing = { options: {}, diagnostics: [], sources: [], dependencies };
    if (!loaded.ok) return { ...nothing, diagnostics: loaded.diagnostics, sources: loaded.sources };
    // A config may have values that the plugin doesn't take.
    const chosen: OptionValues<keyof BundledValues> = mergeOptions(bundled, projectFileOptions(loaded, id, root), own);
    const { weights, ...same } = chosen;
    if (weights === "file") {
      const names = { file: displayPath(root, id), config: displayPath(root, loaded.path ?? root) };
      return { ...nothing, diagnostics: [bundledWeightsInFile(undefined, names)] };
    }
    const options = { ...same, ...(weights === undefined ? {} : { weights }) };
    const types = typesOf(id, root, own.types, loaded.config.types);
    const confined = loaded.config.sandboxPaths === true;
    return { ...nothing, options, confined, ...(types === undefined ? {} : { types }) };
  };
}

function typesOf(
  id: string,
  root: string,
  own: LayersOptions["types"],
  config: TypesEnding | undefined,
): TypesEnding | undefined {
  // What others have published is theirs.
  if (/[/\\]node_modules[/\\]/.test(id)) return undefined;
  const wanted = own ?? nodeFileSystem.kind(path.join(root, "tsconfig.json")) === "file";
  if (typeof wanted === "string") return wanted;
  return wanted ? (config ?? optionDefaults.types) : undefined;
}

function stampsOf({ dependencies }: LoadedConfig): string {
  return JSON.stringify(dependencies.map((file) => nodeFileSystem.state(file)?.stamp ?? null));
}
