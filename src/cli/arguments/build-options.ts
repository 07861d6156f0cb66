import type { FileOptions } from "../../config/config.ts";
import type { ProjectConfig } from "../../node/project-config.ts";
import { projectFileOptions } from "../../node/project-config.ts";

/** The options a model file is compiled with. */
export interface BuildOptions extends Required<Omit<FileOptions, "target">> {
  /** Left out, it is TypeScript, and the build says where another one would pay. */
  readonly target?: NonNullable<FileOptions["target"]>;
}

const defaults = { weights: "inline", precision: "float32", unroll: "auto", emit: "ts" } as const;

/** The options of one file: those of the command line win over the config's, and `overrides` over the top of the config. */
export function buildOptions(
  given: FileOptions & { readonly project?: ProjectConfig },
  file: string,
  cwd: string,
): BuildOptions {
  const { target, weights, precision, unroll, emit } = given;
  const written = Object.entries({ target, weights, precision, unroll, emit }).filter(
    ([, value]) => value !== undefined,
  );
  const configured = given.project === undefined ? {} : projectFileOptions(given.project, file, cwd);
  return { ...defaults, ...configured, ...(Object.fromEntries(written) as FileOptions) };
}
