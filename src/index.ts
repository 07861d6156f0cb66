/** The library `layerc`: compiles Layers sources to TypeScript modules. Runs in Node and in browsers. */
export { check, compile } from "./compile.ts";
export type { CheckOptions, CheckResult, CompileOptions, CompileResult, GeneratedFile } from "./compile.ts";
export type { LayerReport, ModelReport } from "./stages/report.ts";
export {
  hasErrors,
  type Diagnostic,
  type Fix,
  type RelatedPlace,
  type Severity,
  type Span,
} from "./diagnostics/diagnostic.ts";
export { renderDiagnostics, type RenderOptions, type SourceText } from "./diagnostics/render.ts";
export { diagnosticsToJson, type JsonDiagnostic, type JsonLocation, type JsonPosition } from "./diagnostics/to-json.ts";
export { plainPalette, type Palette } from "./diagnostics/palette.ts";
export type { Host, HostFile } from "./load/host.ts";
export type { Source } from "./syntax/source.ts";
export { formatSummary, type SummaryOptions } from "./summary/format-summary.ts";
