import {
  bindModel,
  formatSummary,
  hasErrors,
  lowerModel,
  modelSvg,
  renderDiagnostics,
  summaryJson,
  type CompileResult,
  type Host,
  type Model,
} from "layerc";
import type { Built, BuiltModel, SourceFile } from "../model/built.ts";
import { describeTraining } from "./describe-training.ts";
import { compileGiven } from "./missing-weights.ts";

/** Compiles a source, once, and makes of that all that the page shows of it. */
export async function build(source: SourceFile, host: Host): Promise<Built> {
  const result = await compileGiven(source, host);
  const { diagnostics, files, missing, models, sources } = result;
  if (hasErrors(diagnostics)) {
    const errors = renderDiagnostics(diagnostics, sources);
    return { ...nothing, source, errors };
  }
  const [module] = files;
  return {
    source,
    models: models.map((model, at) => ({
      ...describe(model, result, at),
      training: describeTraining(model, source),
    })),
    svg: models.length === 0 ? "" : modelSvg(models),
    summary: models.map((model) => formatSummary(model)).join("\n"),
    missing,
    ...(module === undefined
      ? {}
      : {
          module: {
            name: module.name,
            text: String(module.content),
            lines: sourceLines(result, source),
          },
        }),
  };
}

const nothing = { models: [], svg: "", summary: "", missing: [] };

function describe(
  model: Model,
  { inlined, reports }: CompileResult,
  at: number,
): Omit<BuiltModel, "training"> {
  const { stated, weights } = lowerModel(bindModel(model, undefined, "inline"));
  const first = stated.operations.find(({ kind }) => kind !== "reshape");
  return {
    name: model.name,
    dims: model.dims,
    ...(model.labels === undefined ? {} : { labels: model.labels }),
    ...(first?.kind === "embedding" ? { rows: first.table.shape[0]! } : {}),
    summary: summaryJson(model, true),
    report: reports[at]!,
    weights:
      weights.length === 0
        ? "none"
        : inlined.includes(model)
          ? "bound"
          : "given",
  };
}

/** The line of the source that each line of the module comes from. */
function sourceLines(
  { lineOrigins = [] }: CompileResult,
  { name, text }: SourceFile,
): readonly (number | null)[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
    starts.push(at + 1);
  return lineOrigins.map((span) => {
    if (span === undefined || span.file !== name) return null;
    const after = starts.findIndex((start) => start > span.start);
    return after < 0 ? starts.length : after;
  });
}
