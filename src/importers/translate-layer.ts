import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import type { Shape } from "../ir/shape.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { LayerConfig, LayerDefinition } from "../layers/definition.ts";
import { layers } from "../layers/index.ts";
import { trainableParameter } from "../layers/trainable.ts";
import type { Argument } from "../syntax/ast.ts";
import type { JsonValue } from "../files/json.ts";
import type { KerasConfig } from "../keras/keras-config.ts";
import { baseTrainingKey, isBaseKey, isFrozen } from "../keras/layer-entries.ts";
import { readLayer } from "../keras/read-layer.ts";
import type { ArgumentPlace, ScriptPlace } from "../keras-scripts/places.ts";
import type { Written } from "../keras-scripts/written.ts";
import { shorten } from "../files/shorten.ts";
import { importArgument, importLayerUnsupported, importTrainingDropped } from "./diagnostics.ts";
import { writtenArguments } from "./config-expression.ts";
import { helpOfUnimported, helpOfUnsupported, type PartWithout } from "../check/unsupported-help.ts";
import { argumentNode } from "./syntax.ts";
import { unevaluated, type ScriptOrigin } from "./script-origin.ts";
import { isUsual } from "./usual-argument.ts";

/** Where a layer stands in the file that is imported. */
export interface LayerPlace {
  readonly span: Span;
  readonly report: (diagnostic: Diagnostic) => void;
  /** `config.layers[2]` of a file. */
  readonly place?: string;
  /** The script that it stands in, and its place there. */
  readonly script?: ScriptOrigin;
  readonly source?: ScriptPlace;
  /** The models around it. */
  readonly path: readonly string[];
  /** Whether a model around it is frozen, and it with that. */
  readonly isInFrozen: boolean;
  /** How one has the part of its model without it. */
  readonly howToHavePart: () => PartWithout;
}

/** What stands for a layer of the file. */
export interface TranslatedLayer {
  readonly callee: string;
  readonly args: readonly Argument[] | undefined;
  readonly notes: readonly string[];
  /** Unknown behind an error. */
  readonly output: Shape | undefined;
}

/**
 * Translates one layer by its definition in `layers/`, and follows the shape through it. Undefined after reporting that
 * there is no such layer.
 */
export function translateLayer(
  layer: KerasConfig,
  input: Shape | undefined,
  at: LayerPlace,
): TranslatedLayer | undefined {
  const { span, report, place, path, script, source } = at;
  const { className, operation } = layer;
  const name = shorten([...path, layer.name].join("/"), 120);
  if (operation?.kind === "problem") {
    const { argument, found, problem } = operation;
    const kind = /^(?:keras\.ops|tf)\./.test(className) ? "operation " : "";
    report(
      importArgument(span, { layer: `${kind}${className} '${name}'`, argument, found: show(found), problem, place }),
    );
    return undefined;
  }
  const read = readLayer(layer);
  if (read.kind === "unknown") {
    const help =
      script === undefined
        ? helpOfUnimported(className, read.foreign, at.howToHavePart())
        : (helpOfSlip(className) ?? helpOfUnsupported(className));
    report(importLayerUnsupported(span, { name, className: shorten(className, 60), place, help }));
    return undefined;
  }
  const { definition, values } = read;
  const title = `${className} '${name}'`;
  const notes: string[] = [];
  const whose = script === undefined ? "the file" : "the script";
  const drop = (argument: string, found: string, where: Span): void => {
    report(importTrainingDropped(where, { layer: title, argument, found }));
    notes.push(`${argument}=${found} of ${whose} is left out; it acts only in training`);
  };
  const unread = source === undefined ? new Set<string>() : reportUnread(definition, source, at, drop);
  for (const { argument, found: json, problem, help, harmless } of read.problems) {
    if (unread.has(argument) || (json === undefined && unread.has("*"))) continue;
    const found = show(json);
    const where = placeOfArgument(definition, argument, source)?.span ?? span;
    if (harmless) drop(argument, found, where);
    else report(importArgument(where, { layer: title, argument, found, problem, help, place }));
  }
  const own = writtenArguments(
    definition.parameters,
    values,
    (parameter, value) => input !== undefined && isUsual(parameter, value, input, values),
    script && source && { written: { entries: writtenIn(source) }, constants: script.constants },
  );
  const args = isFrozen(layer.config) && !at.isInFrozen ? [...own, frozenArgument] : own;
  const isWhole = read.complete && unread.size === 0;
  const output = isWhole && input !== undefined ? build(definition, values, input, title, at) : undefined;
  return { callee: definition.className, args, notes, output };
}

/** `trainable=false` */
export const frozenArgument: Argument = argumentNode("trainable", { kind: "boolean", value: false, span: nowhere });

/** What a class of a script may be a slip for. One for another number of axes is none. */
function helpOfSlip(className: string): string | undefined {
  if (/\dD$/.test(className)) return undefined;
  return didYouMean(
    className,
    layers.map((layer) => layer.className),
  ).help;
}

function show(json: JsonValue | undefined): string {
  if (json === undefined) return "nothing";
  // JSON would make null of NaN and infinity.
  const numbers = (_key: string, item: JsonValue) =>
    typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
  return shorten(json === null ? "none" : JSON.stringify(json, numbers), 80);
}

function writtenIn({ arguments: args }: ScriptPlace): ReadonlyMap<string, Written> {
  return new Map([...args].map(([name, { written }]) => [name, written]));
}

/** The place of an argument in a script, by its present name or the one of before. */
function placeOfArgument(
  { parameters }: LayerDefinition,
  name: string,
  source: ScriptPlace | undefined,
): ArgumentPlace | undefined {
  const former = parameters.find((parameter) => parameter.name === name)?.formerName;
  return source?.arguments.get(name) ?? source?.arguments.get(former ?? "");
}

/**
 * Reports the arguments that have no value without the script being run; what acts only in training is left out. Gives the
 * names of all others, under which nothing more is to be said.
 */
function reportUnread(
  { className, parameters, silent = [] }: LayerDefinition,
  { arguments: args }: ScriptPlace,
  { report, script }: LayerPlace,
  drop: (argument: string, found: string, where: Span) => void,
): ReadonlySet<string> {
  const unread = new Set<string>();
  for (const [name, argument] of args) {
    const { why, span } = argument;
    if (why === undefined) continue;
    const parameter = [...parameters, trainableParameter].find((one) => one.name === name || one.formerName === name);
    const isKnown = parameter !== undefined || name === "name";
    if (!isKnown && (isBaseKey(name) || silent.includes(name))) continue;
    if ((parameter?.trainingOnly === true && parameter.default !== undefined) || name === baseTrainingKey) {
      drop(name, shorten(script?.textOf(span) ?? "", 80), span);
    } else {
      const subject = name === "*" ? "the arguments" : `'${name}'`;
      report(unevaluated(argument, why, `${subject} of ${className}`));
      unread.add(parameter?.name ?? name);
    }
  }
  return unread;
}

/** The shape a layer gives; undefined after reporting why it gives none. */
function build(
  definition: LayerDefinition,
  config: LayerConfig,
  input: Shape,
  title: string,
  { span, report, source }: LayerPlace,
): Shape | undefined {
  const argument = (name: string): Span => placeOfArgument(definition, name, source)?.span ?? span;
  const site = { title, span, argument, related: [] };
  const result = definition.build({ config, input, site });
  if (result.kind === "built") return result.outputShape;
  report(result.diagnostic);
  return undefined;
}
