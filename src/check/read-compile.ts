import type { Fix } from "../diagnostics/diagnostic.ts";
import { readArguments } from "../layers/arguments/config.ts";
import type { CallArgument } from "../layers/arguments/value.ts";
import type { ConfigOf, KerasObject } from "../layers/definition.ts";
import type { CompileClause } from "../syntax/ast.ts";
import { compileParameters } from "../training/compile-parameters.ts";
import { losses } from "../training/losses/index.ts";
import { metrics } from "../training/metrics/index.ts";
import { optimizers } from "../training/optimizers/index.ts";
import { evaluateArguments, type Evaluation } from "./evaluate.ts";
import type { Outputs } from "./fit-outputs.ts";
import { fittingMeasure } from "./fitting-measure.ts";
import { deletion } from "./given-argument.ts";
import type { Chosen, ModelCompile } from "./model.ts";
import { usualLoss } from "./usual-compile.ts";
import { compileArgument, foreignCompileArgument, thirdArgument } from "./rules/compile.ts";

/** A clause that is right by itself. */
export interface ReadCompile {
  readonly compile: ModelCompile;
  /** The arguments as written, by parameter. */
  readonly written: ReadonlyMap<string, CallArgument>;
}

/**
 * What a `compile` clause says, or undefined after reporting what is wrong with its arguments. `outputs` are those of the model,
 * where they are known.
 */
export function readCompile(
  clause: CompileClause,
  outputs: Pick<Outputs, "shape" | "activation"> | undefined,
  evaluation: Evaluation,
): ReadCompile | undefined {
  const { callee, span, arguments: written } = clause;
  const { context, report } = evaluation;
  // A syntax error may have taken arguments along.
  if (context.damage.between(span.file, span.start, span.end)) return undefined;
  const given = evaluateArguments(written, evaluation);
  const args = given.filter((_, at) => !reportForeign(given, at, report));
  const suggest =
    outputs === undefined ? undefined : (nearest: string, word: string) => fittingMeasure(nearest, word, outputs);
  const missing = `write loss=${outputs === undefined ? "..." : usualLoss(outputs)}`;
  const site = { callee: callee.text, span: callee.span, related: [], missing, suggest, report };
  const { values, valid, written: bound } = readArguments(compileParameters, args, site);
  if (!valid || args.length < given.length) return undefined;
  // Each value is what its parameter takes.
  const config = values as ConfigOf<typeof compileParameters>;
  const compile: ModelCompile = {
    optimizer: chosen(config.optimizer, optimizers),
    loss: chosen(config.loss, losses),
    metrics: config.metrics.map((metric) => chosen(metric, metrics)),
    span,
  };
  return { compile, written: bound };
}

/** What stands in a table for an object that has been read. */
export function chosen<Definition extends { readonly identifier: string }>(
  { identifier, config }: KerasObject,
  all: readonly Definition[],
): Chosen<Definition> {
  return { definition: all.find((one) => one.identifier === identifier) as Definition, config };
}

/** Reports an argument of Keras' methods that the clause does not have; whether it is one. */
function reportForeign(args: readonly CallArgument[], at: number, report: Evaluation["report"]): boolean {
  const { name, nameSpan, span } = args[at] as CallArgument;
  const isFree = metricsAt(args) === at;
  if (name === undefined) {
    if (!isThird(args, at)) return false;
    report(compileArgument(span, thirdArgument(isFree ? span : undefined)));
    return true;
  }
  const known = foreignCompileArgument(name);
  if (known === undefined) return false;
  const { message, help } = known;
  const fix = mendForeign(args, at, isFree || known.mend === "delete" ? known.mend : undefined);
  report(
    compileArgument(nameSpan ?? span, { message: `'${name}' ${message}`, ...(fix === undefined ? { help } : { fix }) }),
  );
  return true;
}

/** Whether an argument without a name is the third one, the only one that has a place in Keras: that of the weights of losses. */
function isThird(args: readonly CallArgument[], at: number): boolean {
  return at === 2 && args.slice(0, 3).every(({ name }) => name === undefined);
}

/**
 * The argument that is `metrics`, or becomes it by a fix. Of several that mean it only one may have such a fix, for applied
 * together they would give it twice. A misspelt name gets a fix of its own.
 */
function metricsAt(args: readonly CallArgument[]): number {
  const named = args.findIndex(({ name }) => name !== undefined && name !== weighted && /^metr/i.test(name));
  if (named !== -1) return named;
  const third = args[2]?.value;
  if (third?.kind === "list" && third.literal && isThird(args, 2)) return 2;
  return args.findIndex(({ name }) => name === weighted);
}

const weighted = "weighted_metrics";

function mendForeign(
  args: readonly CallArgument[],
  at: number,
  mend: "delete" | "metrics" | undefined,
): Fix | undefined {
  const { name, nameSpan, value } = args[at] as CallArgument;
  if (mend === "metrics" && nameSpan !== undefined) {
    return { title: "Write 'metrics'", edits: [{ span: nameSpan, text: "metrics" }] };
  }
  if (mend !== "delete" && value.kind !== "none") return undefined;
  return { title: `Delete '${name}'`, edits: [{ span: deletion(args, at), text: "" }] };
}
