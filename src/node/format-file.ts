import path from "node:path";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { FormatWishes } from "../format/format-options.ts";
import { MAX_SOURCE_LENGTH } from "../syntax/limits.ts";
import { fileTooLarge, parseAsWritten, parseSource } from "../syntax/parse-source.ts";
import type { Source } from "../syntax/source.ts";
import { loadPrettier, type Prettier } from "./load-prettier.ts";

export const prettierFails = defineDiagnostic<{ file: string; reason: string }>(
  "prettier-fails",
  "error",
  "Prettier, or what it is told in its configs, is not to be used.",
  ({ file, reason }) => ({
    message: `Prettier can't format '${file}': ${reason}`,
    help: "mend what Prettier is told in .prettierrc, package.json or .editorconfig, or leave it aside with --no-config",
  }),
  () => ({
    meaning:
      "Model files are formatted by Prettier, with the config that it finds for them. Prettier, or that config, can't be loaded or says something that Prettier does not take; the message quotes it.",
    example: {
      kind: "situation",
      text: "The project's .prettierrc has a comma too many.",
      arguments: { file: "digits.layers", reason: "JSON Error in .prettierrc: Unexpected token" },
      mended: "The comma is removed.",
    },
  }),
);

/** What became of the text of a model file. */
export type FormattedFile =
  | { readonly kind: "formatted"; readonly text: string }
  /** `.prettierignore` leaves it out. */
  | { readonly kind: "ignored" }
  /** The text has errors. */
  | { readonly kind: "wrong"; readonly diagnostics: readonly Diagnostic[] }
  /** Prettier fails. */
  | { readonly kind: "failed"; readonly problem: Diagnostic };

/** Formats texts of model files as Prettier formats files of their names: with its configs, and without what it is to ignore. */
export interface FileFormatter {
  /** `file` is seen from the working folder; `text` has its byte order mark. */
  format(file: string, text: string, wishes?: FormatWishes): Promise<FormattedFile>;
}

/**
 * Makes a formatter for the files of a project, with the configs as they are now. Without `readsConfig` there are Prettier's
 * defaults, and nothing is ignored.
 */
export function createFileFormatter(cwd: string, readsConfig: boolean): FileFormatter {
  let loaded: Promise<Prettier> | undefined;
  return {
    async format(file, text, { withoutConfig, always } = {}) {
      const filepath = path.resolve(cwd, file);
      try {
        const [prettier, plugin] = await Promise.all([
          (loaded ??= loadAfresh(cwd)),
          import("../format/prettier-plugin.ts"),
        ]);
        if (readsConfig && (await isIgnored(filepath, cwd, prettier))) return { kind: "ignored" };
        const config = readsConfig ? await prettier.resolveConfig(filepath, { editorconfig: true }) : null;
        const options = { ...(config ?? withoutConfig), ...always, filepath, parser: "layers", plugins: [plugin] };
        const formatted = await prettier.format(text, options);
        if (formatted.length <= MAX_SOURCE_LENGTH) return { kind: "formatted", text: formatted };
        const span = { file, start: 0, end: 0 };
        return { kind: "wrong", diagnostics: [fileTooLarge(span, { length: formatted.length })] };
      } catch (error) {
        const diagnostics = syntaxErrors({ path: file, text: text.replace(/^\uFEFF/, "") });
        if (diagnostics.length > 0) return { kind: "wrong", diagnostics };
        return { kind: "failed", problem: prettierFails(undefined, { file, reason: reasonOf(error) }) };
      }
    },
  };
}

async function loadAfresh(cwd: string): Promise<Prettier> {
  const prettier = await loadPrettier(cwd);
  await prettier.clearConfigCache();
  return prettier;
}

/** As the command of Prettier leaves files out. */
async function isIgnored(file: string, cwd: string, { getFileInfo }: Prettier): Promise<boolean> {
  const ignorePath = [".gitignore", ".prettierignore"].map((name) => path.join(cwd, name));
  const { ignored } = await getFileInfo(file, { ignorePath, resolveConfig: false });
  return ignored;
}

/** All of them, where Prettier tells the first. */
function syntaxErrors(source: Source): readonly Diagnostic[] {
  const isError = ({ severity }: Diagnostic): boolean => severity === "error";
  const written = parseAsWritten(source).diagnostics.filter(isError);
  if (written.length === 0) return [];
  const told = parseSource(source).diagnostics.filter(isError);
  return told.length > 0 ? told : written;
}

/** What Prettier says, without the lines of a config that it may show. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(0, lines[0]?.endsWith(":") === true ? 2 : 1).join(" ");
}
