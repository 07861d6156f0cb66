import * as imports from "./import-diagnostics.ts";

export { load } from "./load.ts";
export type { Host, HostFile } from "./host.ts";
export type { LoadResult, Program } from "./program.ts";

/** Every diagnostic that loading reports. */
export const loadDiagnostics = Object.values(imports);
