export type { ImportedModel } from "./import-file.ts";
export { importModel } from "./import-model.ts";
export { importSource } from "./import-source.ts";
export { importDiagnostics } from "./diagnostics.ts";
export { isModelName } from "./names.ts";
