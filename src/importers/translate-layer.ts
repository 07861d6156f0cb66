import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import type { LayerConfig, LayerDefinition } from "../layers/definition.ts";
import type { Argument } from "../syntax/ast.ts";
import { ownValue, type JsonValue } from "../files/json.ts";
import type { KerasConfig } from "../keras/keras-config.ts";
import { readLayer } from "../keras/read-layer.ts";
import { shorten } from "../files/shorten.ts";
import { importArgument, importLayerUnsupported, importTrainingDropped } from "./diagnostics.ts";
import { writtenArguments } from "./config-expression.ts";
import { helpOfUnimported, type PartWithout } from "../check/unsupported-help.ts";
import { isUsual } from "./usual-argument.ts";

/** Where a layer stands in the file that is imported. */
export interface LayerPlace {
  readonly span: Span;
  readonly report: (diagnostic: Diagnostic) => void;
  /** `config.layers[2]` */
  readonly place: string;
  /** The models around it. */
  readonly path: readonly string[];
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
  { span, report, place, path, howToHavePart }: LayerPlace,
): TranslatedLayer | undefined {
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
    const help = helpOfUnimported(className, read.foreign, howToHavePart());
    report(importLayerUnsupported(span, { name, className: shorten(className, 60), place, help }));
    return undefined;
  }
  const { definition, values } = read;
  const title = `${className} '${name}'`;
  const notes: string[] = [];
  for (const { argument, found: json, problem, harmless } of read.problems) {
    const found = show(json);
    if (harmless) {
      report(importTrainingDropped(span, { layer: title, argument, found }));
      notes.push(`${argument}=${found} of the file is left out; it acts only in training`);
    } else report(importArgument(span, { layer: title, argument, found, problem, place }));
  }
  if (ownValue(layer.config, "trainable") === false)
    notes.push("trainable=False in the file; training is not part of Layers");
  const args = writtenArguments(
    definition.parameters,
    values,
    (parameter, value) => input !== undefined && isUsual(parameter, value, input, values),
  );
  const output =
    read.complete && input !== undefined ? build(definition, values, input, title, span, report) : undefined;
  return { callee: definition.className, args, notes, output };
}

function show(json: JsonValue | undefined): string {
  if (json === undefined) return "nothing";
  // JSON would make null of NaN and infinity.
  const numbers = (_key: string, item: JsonValue) =>
    typeof item === "number" && !Number.isFinite(item) ? String(item) : item;
  return shorten(json === null ? "none" : JSON.stringify(json, numbers), 80);
}

/** The shape a layer gives; undefined after reporting why it gives none. */
function build(
  definition: LayerDefinition,
  config: LayerConfig,
  input: Shape,
  title: string,
  span: Span,
  report: (diagnostic: Diagnostic) => void,
): Shape | undefined {
  const site = { title, span, argument: () => span, related: [] };
  const result = definition.build({ config, input, site });
  if (result.kind === "built") return result.outputShape;
  report(result.diagnostic);
  return undefined;
}
