/** The library `layerc`: compiles Layers sources to TypeScript modules. Runs in Node and in browsers. */
export { check, compile } from "./compile.ts";
export type { CompileOptions, CompileResult } from "./compile.ts";
export type { GeneratedFile } from "./stages/generated-file.ts";
export type { CheckOptions, CheckResult } from "./stages/check-source.ts";
export type { LayerReport, ModelReport } from "./report/report-model.ts";
export type {
  ClassChanges,
  MeasuredError,
  PrecisionError,
  PrecisionReport,
  RefusedSamples,
} from "./report/precision-report.ts";
export type { Precision } from "./ir/storage-types.ts";
export { verifyAgainst, type VerifyResult } from "./verify/verify-against.ts";
export type { VerifiedArray, VerifiedModel, VerifyOptions } from "./verify/verify-model.ts";
export type { CasesSource } from "./cases/read-cases.ts";
export type { RunModule } from "./verify/run-model.ts";
export { importModel } from "./importers/import-model.ts";
export {
  importScript,
  type ImportedScript,
  type ImportScriptOptions,
  type ScriptImport,
} from "./importers/import-script.ts";
export { pythonToLayers, type PythonToLayersOptions, type PythonTranslation } from "./importers/python-to-layers.ts";
export { printModelFile, type PrintOptions } from "./format/print-model-file.ts";
export { formatSource } from "./format/format-source.ts";
export { formatRange, type TextEdit } from "./format/format-range.ts";
export type { FormatOptions } from "./format/format-options.ts";
export { exportModels, type ExportFormat, type ExportOptions, type ExportResult } from "./export.ts";
export {
  beforePasses,
  emitIr,
  irStages,
  passNames,
  type EmitIrOptions,
  type EmitIrResult,
  type IrStage,
  type IrText,
} from "./emit-ir.ts";
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
export { summaryMarkdown, type MarkdownOptions } from "./summary/summary-markdown.ts";
export { summaryJson, type JsonLayer, type JsonShape, type JsonSummary } from "./summary/summary-json.ts";
export type { ParameterCount } from "./summary/count-parameters.ts";
export { modelSvg } from "./diagram/model-svg.ts";
export { modelMermaid } from "./diagram/model-mermaid.ts";
export type { DiagramOptions } from "./diagram/model-diagram.ts";

// Questions about a file, with or without errors; the index comes with the result of `check`.
export { definitionAt, occurrencesOf } from "./check/semantics/definition-at.ts";
export { modelAt, stepsAt, stepsOf } from "./check/semantics/steps-at.ts";
export { argumentAt, argumentsOf, parametersOf, type BoundArgument } from "./check/semantics/arguments-of.ts";
export type { CheckedBody, SemanticIndex } from "./check/semantics/semantic-index.ts";
export type { CheckedStep } from "./check/semantics/checked-step.ts";
export type { Definition, NameUse } from "./check/semantics/definition.ts";
export type { CheckedModel } from "./check/checked-model.ts";
export { usualCompile } from "./check/usual-compile.ts";

// The stages, for tools that need more than the whole: each a pure function of what the one before it returns.
export { parseSource } from "./syntax/parse-source.ts";
export { load } from "./load/load.ts";
export { checkProgram } from "./check/check-program.ts";
export { bindWeights } from "./weights/bind/bind-weights.ts";
export { loadWeights } from "./weights/load-weights.ts";
export { readWeightFile } from "./weights/read-weight-file.ts";
export { writeSafetensors } from "./files/write-safetensors.ts";
export { lowerToGraph } from "./lower/model-to-graph.ts";
export { fuse } from "./passes/graph/fuse.ts";
export { planOperations } from "./passes/plan.ts";
export { lowerToLoops } from "./lower/graph-to-loops.ts";
export { optimize } from "./passes/index.ts";
export { verify } from "./ir/verify.ts";
export { verifyGraph } from "./ir/verify-graph.ts";
export { bindModel } from "./stages/bind-model.ts";
export { lowerModel } from "./stages/lower-model.ts";
export { planModel } from "./stages/plan-model.ts";
export { makeUnit } from "./stages/make-unit.ts";
export { generateModules } from "./stages/generate-modules.ts";
export { emitTypeScript } from "./targets/typescript/emit.ts";
export { formatTypeScript } from "./targets/typescript/format-typescript.ts";
export { version } from "./version.ts";

export { defineConfig, type FileOptions, type LayercConfig, type Override, type TypesEnding } from "./config/config.ts";

export type { Checked } from "./diagnostics/diagnostic.ts";
export type * from "./syntax/ast.ts";
export type { LoadResult, Program } from "./load/program.ts";
export type { CheckedFile } from "./check/checked-file.ts";
export type { LayerInstance, Model, ModelLayer, NestedModel } from "./check/model.ts";
export type { Shape } from "./ir/shape.ts";
export type { Size } from "./ir/size.ts";
export type { Graph, Operation, Tensor, WeightTensor } from "./ir/graph.ts";
export type { Buffer, Kernel, LoopProgram, Statement, Value } from "./ir/loops.ts";
export type { WeightArrays } from "./ir/weight-arrays.ts";
export type { BoundModel, LoweredModel } from "./targets/lowered-model.ts";
export type { PlannedModel, TargetChoice } from "./stages/plan-model.ts";
export type { GeneratedModel } from "./stages/generate-modules.ts";
export type { ModelUnit } from "./targets/model-unit.ts";
export type { Target, TargetEntry } from "./targets/target.ts";
export type { TargetName, TargetOption } from "./targets/index.ts";
export type { EngineName } from "./passes/engines.ts";
export type { PlanOptions, Plans } from "./passes/plan.ts";
