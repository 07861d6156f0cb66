import {
  compile,
  renderDiagnostics,
  plainPalette,
  type CompileOptions,
  type Host,
  type ModelReport,
} from "../../../src/index.ts";
import type { Diagnostic } from "../../../src/index.ts";
import { withoutLayout } from "../../support/prettier.ts";

export interface TextOptions extends Omit<CompileOptions, "host"> {
  /** What `import` and `weights` reach, by the path written in the source. */
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
  /** The path of the source; `model.layers` by default. */
  readonly path?: string;
}

export interface CompiledText {
  /** The `.ts` or `.js` text. */
  readonly text: string;
  /** The `.d.ts` text, with `emit: "js"`. */
  readonly declarations: string;
  /** Safetensors files beside the module, by name. */
  readonly sidecars: ReadonlyMap<string, Uint8Array>;
  readonly reports: readonly ModelReport[];
  /** Warnings, for a compilation with errors fails. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A host over texts and bytes in memory, found by the name alone. */
export function mapHost(files: Readonly<Record<string, Uint8Array | string>>): Host {
  const missing = { ok: false, reason: "no such file" } as const;
  return {
    resolve: (_from, relative) => relative,
    async readText(path) {
      const content = files[path];
      return typeof content === "string" ? { ok: true, content } : missing;
    },
    async readBytes(path) {
      const content = files[path];
      return content instanceof Uint8Array ? { ok: true, content } : missing;
    },
  };
}

/** Compiles a source that has to be right. */
export async function compileText(text: string, options: TextOptions = {}): Promise<CompiledText> {
  const { files = {}, path = "model.layers", ...compileOptions } = options;
  const result = await compile({ path, text }, { ...compileOptions, host: mapHost(files) });
  if (result.diagnostics.some(({ severity }) => severity === "error")) {
    throw new Error(`${text}\n${renderDiagnostics(result.diagnostics, result.sources, { palette: plainPalette })}`);
  }
  const content = (suffix: string): string =>
    (result.files.find(({ name }) => name.endsWith(suffix))?.content as string | undefined) ?? "";
  const sidecars = result.files.filter(({ name }) => name.endsWith(".safetensors"));
  return {
    text: compileOptions.emit === "js" ? content(".js") : content(".ts"),
    declarations: content(".d.ts"),
    sidecars: new Map(sidecars.map((file) => [file.name, file.content as Uint8Array])),
    reports: result.reports,
    diagnostics: result.diagnostics,
  };
}

/** The same for code that is run or type-checked and not looked at: it is not laid out. */
export function compileCode(text: string, options: TextOptions = {}): Promise<CompiledText> {
  return withoutLayout(() => compileText(text, options));
}
