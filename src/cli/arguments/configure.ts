import type { Environment } from "../../node/environment.ts";
import { projectOptions } from "../../node/project-config.ts";
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
