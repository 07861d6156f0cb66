import path from "node:path";
import type { Environment } from "../../node/environment.ts";
import type { ConfigOptions } from "./invocation.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { displayPath } from "../../node/paths.ts";

/** Reads the config of the project for a command that takes one, and gives it to the invocation. */
export async function configure<Invocation extends ConfigOptions & { readonly outDir?: string }>(
  invocation: Invocation,
  { cwd }: Environment,
): Promise<{ readonly ok: true; readonly invocation: Invocation } | { readonly ok: false; readonly outcome: Outcome }> {
  if (invocation.config === false) return { ok: true, invocation };
  const { loadConfig } = await import("../../node/load-config.ts");
  const loaded = await loadConfig(cwd, invocation.config);
  if (!loaded.ok) return { ok: false, outcome: { ...stopped(loaded.diagnostics, {}), sources: loaded.sources } };
  const { ok: _, ...project } = loaded;
  const { outDir } = project.config;
  const configured = outDir === undefined ? {} : { outDir: displayPath(cwd, path.resolve(project.folder, outDir)) };
  return { ok: true, invocation: { ...configured, ...invocation, project } };
}
