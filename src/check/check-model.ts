import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { shapeDims, type Shape } from "../ir/shape.ts";
import { arrayNameProblems } from "./array-names.ts";
import { buildLayers } from "./build-layers.ts";
import type { CheckedModel } from "./checked-model.ts";
import { checkLabelCount, readClauses, readLabels } from "./clauses.ts";
import type { CheckContext } from "./context.ts";
import type { Evaluation } from "./evaluate.ts";
import { expandBody } from "./expand.ts";
import { startExpansion } from "./expansion.ts";
import { recallModel, rememberModel } from "./memory/recall-model.ts";
import { exportName } from "./rules/exports.ts";
import { modelWithoutLayers, weightsOverlap } from "./rules/clauses.ts";
import { suspicions } from "./rules/suspicious.ts";
import type { WeightsClause } from "../syntax/ast.ts";
import type { ModelWeights } from "./model.ts";
import type { ModelEntity } from "./scope.ts";
import { readCompile } from "./read-compile.ts";
import { checkCompile } from "./check-compile.ts";
import type { Outputs } from "./fit-outputs.ts";
import { outputActivation, sharesAlong } from "./output-activation.ts";
import { originOf, type ShapeFlow } from "./shape-flow.ts";
import { readShape } from "./shape-expression.ts";

/** Checks one model; the models nested in it have been checked before. Reports everything that is wrong with it. */
export function checkModel(entity: ModelEntity, context: CheckContext): CheckedModel {
  const recalled = recallModel(entity, context);
  if (recalled !== undefined) return recalled;
  const { declaration, scope } = entity;
  const stepsBefore = context.remainingSteps;
  let isSilent = true;
  let failed = context.recursive.has(declaration);
  const report: CheckContext["report"] = (diagnostic, oncePerPlace) => {
    isSilent = false;
    if (diagnostic.severity === "error") failed = true;
    context.report(diagnostic, oncePerPlace);
  };
  const evaluation: Evaluation = { context, scope: { file: scope }, report };
  const clauses = readClauses(declaration, evaluation);
  const inputShape = clauses.input === undefined ? undefined : readShape(clauses.input.shape, evaluation, []);
  const labels = clauses.labels === undefined ? undefined : readLabels(clauses.labels, evaluation);

  const expansion = startExpansion(context, report, false);
  const { span, name } = declaration;
  const place = { scope: evaluation.scope, trace: undefined, depth: 0, inside: "model" } as const;
  expandBody(declaration.body, { start: name.span.end, end: span.end }, place, expansion);
  if (declaration.isBodyLost === true) {
    expansion.steps.push({ kind: "gap" });
  } else if (!expansion.steps.some(({ kind }) => kind === "layer" || kind === "nested" || kind === "gap")) {
    report(modelWithoutLayers(name.span, { model: name.text, isEmpty: declaration.body.length === 0 }));
  }

  const start: RelatedPlace = {
    span: clauses.input?.shape.span ?? name.span,
    message: "the shape starts here",
  };
  const built = buildLayers(expansion.steps, inputShape, start, context, report);
  const { shape: outputShape, nestedWeights } = built;
  for (const problem of arrayNameProblems(built.layers)) report(problem);
  const hasOneList = declaration.body.filter(({ kind }) => kind === "labels").length === 1;
  if (clauses.labels !== undefined && outputShape !== undefined && hasOneList) {
    checkLabelCount(clauses.labels, outputShape, [originOf(built)], report);
  }
  const outputs = outputShape === undefined ? undefined : outputsOf(built, outputShape);
  const compiled = clauses.compile === undefined ? undefined : readCompile(clauses.compile, outputs, evaluation);
  if (compiled !== undefined) checkCompile(compiled, built, outputs, report);
  if (clauses.weights !== undefined && nestedWeights !== undefined) {
    report(weightsOverlap(clauses.weights.span, { inner: nestedWeights }));
  }

  const weightsClause = clauses.weights?.span ?? nestedWeights;
  const known: CheckedModel = {
    declaration,
    clauses,
    steps: built.steps,
    ...(inputShape === undefined ? {} : { inputShape }),
    ...(outputShape === undefined ? {} : { outputShape }),
    ...(weightsClause === undefined ? {} : { weightsClause }),
    layerCount: expansion.layerCount,
    parameterCount: built.parameterCount,
    depth: expansion.depth,
  };
  const labelled = clauses.labels === undefined || labels !== undefined;
  if (failed || !built.complete || !labelled || inputShape === undefined || outputShape === undefined) return known;
  for (const warning of suspicions(declaration, built.layers, outputShape, clauses.labels?.labels.span))
    report(warning);
  const { doc } = declaration;
  const checked: CheckedModel = {
    ...known,
    model: {
      kind: "model",
      name: name.text,
      exportName: exportName(name.text),
      ...(doc === undefined ? {} : { doc }),
      file: scope.file.source.path,
      nameSpan: name.span,
      inputShape,
      inputSpan: clauses.input?.span ?? name.span,
      outputShape,
      dims: shapeDims(inputShape),
      layers: built.layers,
      ...(labels === undefined ? {} : { labels }),
      ...(compiled === undefined ? {} : { compile: compiled.compile }),
      ...(clauses.weights === undefined ? {} : { weights: modelWeights(clauses.weights) }),
    },
  };
  if (isSilent) rememberModel(entity, checked, stepsBefore - context.remainingSteps, context);
  return checked;
}

function outputsOf(built: Readonly<ShapeFlow>, shape: Shape): Outputs {
  // Behind a layer that is unknown nothing is known of what the outputs are.
  const layers = built.complete ? built.layers : [];
  return { shape, origin: originOf(built), activation: outputActivation(layers), shares: sharesAlong(layers) };
}

function modelWeights({ path, prefix, span }: WeightsClause): ModelWeights {
  const own = { path: path.value, span, pathSpan: path.span };
  return prefix === undefined ? own : { ...own, prefix: { text: prefix.value, span: prefix.span } };
}
