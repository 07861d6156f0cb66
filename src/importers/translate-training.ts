import { lossProblems } from "../check/fit-loss.ts";
import { metricProblems } from "../check/fit-metric.ts";
import { chosen } from "../check/read-compile.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import type { Shape } from "../ir/shape.ts";
import type { KerasConfig } from "../keras/keras-config.ts";
import {
  noPlace,
  readTraining,
  type KerasTraining,
  type LeftOutOfTraining,
  type TrainingPath,
} from "../keras/read-training.ts";
import type { ScriptPlace } from "../keras-scripts/places.ts";
import { wordValue } from "../layers/arguments/made-value.ts";
import type { ConfigValue } from "../layers/definition.ts";
import type { CompileClause } from "../syntax/ast.ts";
import { losses } from "../training/losses/index.ts";
import { metrics } from "../training/metrics/index.ts";
import { configExpression } from "./config-expression.ts";
import type { ScriptOrigin } from "./script-origin.ts";
import { argumentNode, nameNode } from "./syntax.ts";

/** What is left out of a clause: a sentence without its full stop. */
export interface LeftOut {
  readonly what: string;
  /** What there is instead. */
  readonly help?: string;
  /** In a script, where it stands. */
  readonly span?: Span;
}

/** What a model was compiled with, as a clause, and what of it is left out. */
export interface TranslatedTraining {
  readonly clause?: CompileClause;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Translates what a model was compiled with. What Keras takes and the checker does not, for an output of that shape, is left
 * out, so that the file that is written is right. Of a script, what has no value without its being run is left out, too.
 */
export function translateTraining(
  { training: json, node }: KerasConfig,
  output: Shape | undefined,
  script: ScriptOrigin | undefined,
): TranslatedTraining {
  const place = script?.placeOf(node);
  const lost = unevaluated(place);
  const whole = lost.filter(({ name }) => name === "optimizer" || name === "loss");
  if (whole.length > 0) return { leftOut: whole };
  if (json === undefined) return { leftOut: [] };
  const { training, leftOut: unread } = readTraining(json);
  const said = unread.map(({ what, path }): LeftOut => ({ what, ...spanOf(place, path) }));
  if (training === undefined) return { leftOut: said };
  const { fitting, leftOut: unfit } = output === undefined ? { fitting: training, leftOut: [] } : fit(training, output);
  const others = unfit.map(({ what, path }): LeftOut => ({ what, ...spanOf(place, path) }));
  if (fitting === undefined) return { leftOut: others };
  return { clause: clauseOf(fitting, place, script), leftOut: [...lost, ...said, ...others] };
}

/** The arguments of a script, and the metrics in its list, that only Python knows. */
function unevaluated(place: ScriptPlace | undefined): readonly (LeftOut & { readonly name: string })[] {
  return [...(place?.arguments ?? [])].flatMap(([name, { why, span, lost = [] }]) => {
    const say = subjects[name];
    const reasons = lost.length > 0 ? lost : why === undefined ? [] : [why];
    if (say === undefined) return [];
    return reasons.map(({ reason, span: own, instead: help }) => {
      const isInside = span.start <= own.start && own.end <= span.end && own.file === span.file;
      const told = { name, what: say(reason), span: isInside ? own : span };
      return help === undefined ? told : { ...told, help };
    });
  });
}

/** What is said of an argument without a value; others, such as `run_eagerly`, say nothing of how a model is trained. */
const subjects: Readonly<Record<string, (reason: string) => string>> = {
  optimizer: (reason) => `How the model is compiled is left out: ${reason}`,
  loss: (reason) => `How the model is compiled is left out: ${reason}`,
  metrics: (reason) => `A metric is left out: ${reason}`,
  weighted_metrics: () => noPlace.weighted_metrics,
  loss_weights: () => noPlace.loss_weights,
  "*": (reason) => `What is spread into the arguments of compile is left out: ${reason}`,
};

/** Where something of the clause stands in a script; where that is not known, what it is a part of. */
function spanOf(place: ScriptPlace | undefined, [argument, ...inner]: TrainingPath): { readonly span?: Span } {
  const found = place?.arguments.get(String(argument));
  let span = found?.written.span ?? found?.span ?? place?.compiled;
  let written = found?.written;
  for (const part of inner) {
    written = typeof part === "number" ? written?.items?.[part] : written?.entries?.get(part);
    span = written?.span ?? span;
  }
  return span === undefined ? {} : { span };
}

/** What fits an output; all of it is left out with the loss. */
function fit(
  training: KerasTraining,
  shape: Shape,
): { readonly fitting?: KerasTraining; readonly leftOut: readonly LeftOutOfTraining[] } {
  const outputs = { shape, origin: { span: nowhere, message: "" }, activation: undefined, shares: undefined };
  const loss = chosen(training.loss, losses);
  const [problem] = errorsOf(lossProblems(loss, wordValue(training.loss.identifier), outputs));
  if (problem !== undefined) {
    return { leftOut: [{ what: `How the model was compiled is left out: ${problem}`, path: ["loss"] }] };
  }
  const leftOut: LeftOutOfTraining[] = [];
  const fitting = training.metrics.filter(({ metric, place }) => {
    const { identifier } = metric;
    const [found] = errorsOf(metricProblems(chosen(metric, metrics), loss, wordValue(identifier), outputs));
    if (found !== undefined) leftOut.push({ what: `A metric is left out: ${found}`, path: ["metrics", place] });
    return found === undefined;
  });
  return { fitting: { ...training, metrics: fitting }, leftOut };
}

function errorsOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}

function clauseOf(
  { optimizer, loss, metrics: measured }: KerasTraining,
  place: ScriptPlace | undefined,
  script: ScriptOrigin | undefined,
): CompileClause {
  const argument = (name: string, value: ConfigValue) => {
    const written = place?.arguments.get(name)?.written;
    const writing =
      written === undefined || script === undefined ? undefined : { written, constants: script.constants };
    return argumentNode(name, configExpression(value, [], writing));
  };
  return {
    kind: "compile",
    callee: nameNode("compile"),
    arguments: [
      argument("optimizer", optimizer),
      argument("loss", loss),
      ...(measured.length === 0
        ? []
        : [
            argument(
              "metrics",
              measured.map(({ metric }) => metric),
            ),
          ]),
    ],
    span: nowhere,
  };
}
