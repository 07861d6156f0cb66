import * as imports from "./import-diagnostics.ts";

export { load } from "./load.ts";

/** Every diagnostic that loading reports. */
export const loadDiagnostics = Object.values(imports);
