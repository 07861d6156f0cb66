export { importModel, type ImportedModel, type ImportOptions, type ImportResult } from "./import-model.ts";
export { importDiagnostics } from "./diagnostics.ts";
export { isModelName } from "./names.ts";
