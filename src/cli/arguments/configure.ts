import path from "node:path";
import { options } from "../../config/options/table.ts";
import { projectOptionNames, type ProjectOptions } from "../../config/options/values.ts";
import type { Environment } from "../../node/environment.ts";
import { displayPath } from "../../node/paths.ts";
import type { ProjectConfig } from "../../node/project-config.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import type { ConfigOptions } from "./invocation.ts";

/** Reads the config of the project for a command that takes one, and gives it to the invocation. */
export async function configure<Given extends ConfigOptions>(
  given: Given,
  { cwd }: Environment,
): Promise<{ readonly ok: true; readonly invocation: Given } | { readonly ok: false; readonly outcome: Outcome }> {
  if (given.config === false) return { ok: true, invocation: given };
  const { loadConfig } = await import("../../node/load-config.ts");
  const loaded = await loadConfig(cwd, given.config);
  if (!loaded.ok) return { ok: false, outcome: { ...stopped(loaded.diagnostics, {}), sources: loaded.sources } };
  const { ok: _, ...project } = loaded;
  return { ok: true, invocation: { ...projectOptions(project, cwd), ...given, project } };
}

/** The options of a config that hold for all files, with paths as they are seen from `cwd`. */
function projectOptions({ config, folder }: ProjectConfig, cwd: string): ProjectOptions {
  const pairs = projectOptionNames.flatMap((name) => {
    const value = config[name];
    if (value === undefined) return [];
    const isPath = options[name].values === "path";
    return [[name, isPath ? displayPath(cwd, path.resolve(folder, value)) : value] as const];
  });
  return Object.fromEntries(pairs);
}
