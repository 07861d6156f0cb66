import { confineToProject } from "../../node/confine.ts";
import type { Environment } from "../../node/environment.ts";
import type { ConfigOptions, ReportOptions } from "./invocation.ts";

/** The environment, in which nothing outside of the project is read where the command line or the config says so. */
export function confined(environment: Environment, given: ReportOptions, configured: ConfigOptions): Environment {
  if (!isConfined(given, configured)) return environment;
  return { ...environment, files: confineToProject(environment.cwd, environment.files) };
}

/** Whether the command line or the config keeps reads within the project. */
export function isConfined(given: ReportOptions, { project }: ConfigOptions): boolean {
  return given.sandboxPaths === true || project?.config.sandboxPaths === true;
}
