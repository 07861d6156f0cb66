import path from "node:path";
import { matchesGlobs } from "../../config/matches-globs.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import { hasErrors, type Checked } from "../../diagnostics/diagnostic.ts";
import type { Environment } from "../../node/environment.ts";
import { findInputs, noInputs, type Input } from "../../node/inputs.ts";
import type { ConfigOptions } from "./invocation.ts";
import { displayPath, toSlashes } from "../../node/paths.ts";

export const noFilesGiven = defineDiagnostic<{ config: string | undefined }>(
  "no-files-given",
  "error",
  "Neither the command line nor a config names model files.",
  ({ config }) => ({
    message: `No files are given, expected model files or globs${config === undefined ? "" : `, or 'include' in ${config}`}`,
    help:
      config === undefined
        ? "name them in a config, which layerc init writes, or here: 'models/**/*.layers'"
        : 'add them to the config: include: ["models/**/*.layers"]',
  }),
  () => ({
    meaning:
      "layerc works on the files that are named on the command line or, without any, on those that the project's config includes. Here there are neither.",
    example: {
      kind: "command",
      text: "layerc build",
      arguments: { config: undefined },
      mended: "layerc build 'models/**/*.layers'",
    },
  }),
);

/**
 * The model files a command works on: those of the command line, else those of the config's `include`. For commands that make
 * nothing new a folder stands for the model files below it.
 */
export async function findFiles(
  { files: patterns, project }: ConfigOptions & { readonly files: readonly string[] },
  environment: Environment,
  folders?: "searched",
): Promise<Checked<readonly Input[]>> {
  if (patterns.length > 0) return findInputs(patterns, environment, folders);
  const { cwd } = environment;
  const { include } = project?.config ?? {};
  if (include === undefined || project === undefined) {
    const config = project?.path === undefined ? undefined : displayPath(cwd, project.path);
    return { value: [], diagnostics: [noFilesGiven(undefined, { config })] };
  }
  const { folder } = project;
  const globs = typeof include === "string" ? [include] : include;
  const wanted = globs.filter((glob) => !glob.startsWith("!"));
  const unwanted = globs.filter((glob) => glob.startsWith("!"));
  // The folder's own name may look like a glob, so it becomes the working folder and no part of the pattern.
  const found = await findInputs(wanted.length === 0 ? ["**/*.layers"] : wanted, { ...environment, cwd: folder });
  const value = found.value
    .map((input) => ({ ...input, path: path.resolve(folder, input.path) }))
    .filter((input) => unwanted.length === 0 || matchesGlobs(toSlashes(path.relative(folder, input.path)), unwanted))
    .map((input) => ({ ...input, path: displayPath(cwd, input.path) }));
  const source = `the pattern is that of 'include' in ${displayPath(cwd, project.path ?? folder)}`;
  const missing =
    hasErrors(found.diagnostics) || value.length > 0 ? [] : [noInputs(undefined, { pattern: globs.join(" ") })];
  const diagnostics = [...found.diagnostics, ...missing].map(({ help, ...diagnostic }) => ({
    ...diagnostic,
    help: help === undefined ? source : `${help}\n${source}`,
  }));
  return { value, diagnostics };
}
