export { importModel, type ImportedModel } from "./import-model.ts";
export { importDiagnostics } from "./diagnostics.ts";
export { isModelName } from "./names.ts";
