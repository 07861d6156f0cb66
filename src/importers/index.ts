export { importModel } from "./import-model.ts";
export { importScript } from "./import-script.ts";
export { importSource } from "./import-source.ts";
export { importDiagnostics } from "./diagnostics.ts";
export { isModelName } from "./names.ts";
