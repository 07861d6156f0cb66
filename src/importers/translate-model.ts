import type { PartWithout } from "../check/unsupported-help.ts";
import { limits } from "../check/limits.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import type { Shape } from "../ir/shape.ts";
import { isStatic } from "../ir/size.ts";
import type { ScriptPlace } from "../keras-scripts/places.ts";
import type { Argument, BodyItem, Declaration, LayerStatement, ModelDeclaration, ModelFile } from "../syntax/ast.ts";
import { longestPart } from "../keras/chain-to.ts";
import { isFrozen } from "../keras/layer-entries.ts";
import { isInput, layersFor, sourcesOf, type KerasConfig } from "../keras/keras-config.ts";
import { shorten } from "../files/shorten.ts";
import { importBranched, importEmpty, importLayerName } from "./diagnostics.ts";
import { importTooLarge } from "./failure-diagnostic.ts";
import { importAuthored } from "./file-diagnostics.ts";
import { foreignDtypes } from "./dtypes.ts";
import { importLeftOut, importPrecision } from "./hints.ts";
import { inputClause, rootInput } from "./model-input.ts";
import { chooseLabels, declarableName, layerName, toModelName } from "./names.ts";
import { helpOfBranched, howToHavePart } from "./parts.ts";
import type { ScriptOrigin } from "./script-origin.ts";
import { listNode, nameNode, stringNode } from "./syntax.ts";
import { titleOf } from "./title-of.ts";
import { translateTraining } from "./translate-training.ts";
import { frozenArgument, translateLayer, type LayerPlace, type TranslatedLayer } from "./translate-layer.ts";

/** Nested models that differ. Each needs a name that fits all others. */
const maxNestedModels = 1000;

/** A model of a file as syntax. */
export interface Translation {
  readonly file: ModelFile;
  /** What could not be carried over, before the statement that it is about. */
  readonly comments: ReadonlyMap<Declaration | BodyItem, readonly string[]>;
}

/** What a translation has come to so far. */
interface Progress {
  /** The file that is imported. */
  readonly span: Span;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly comments: Map<Declaration | BodyItem, readonly string[]>;
  /** Nested models, those they nest first. */
  readonly nested: Nested[];
  /** The name of the whole model. */
  readonly rootName: string;
  readonly script: ScriptOrigin | undefined;
}

interface Nested {
  readonly declaration: ModelDeclaration;
  /** As Keras counts names: `block` of `block_2`. */
  readonly base: string;
  /** To find models that are the same. */
  readonly body: string;
}

/** What a model that is written has beside its layers. */
export interface WrittenModel {
  readonly name: string;
  /** Of its weights clause, if it has one. */
  readonly weightsPath?: string;
  /** The file that is imported. */
  readonly file: string;
  /** Of the classes of its output; left out where they do not fit it. */
  readonly labels?: readonly string[];
  /** What the file has that is no part of the model, a sentence without its full stop each. */
  readonly leftOut: readonly string[];
  /** The script that it comes from. */
  readonly script?: ScriptOrigin;
}

/**
 * Translates a chain of layers into a file that declares it as the model `name`, with its arrays in `weightsPath`. Nested
 * models become models of their own. Everything that can't be translated is reported; only without an error is the result
 * whole.
 */
export function translateModel(
  root: KerasConfig,
  { name, weightsPath, file, labels, leftOut, script }: WrittenModel,
  report: (diagnostic: Diagnostic) => void,
): Translation {
  const span = script?.span ?? { file, start: 0, end: 0 };
  const helps = new Set<string>();
  // What helps against several is said once.
  const reportOnce = (diagnostic: Diagnostic): void => {
    const { help, ...rest } = diagnostic;
    report(help === undefined || !helps.has(help) ? diagnostic : rest);
    if (help !== undefined) helps.add(help);
  };
  const progress: Progress = { span, report: reportOnce, comments: new Map(), nested: [], rootName: name, script };
  const input = rootInput(root, progress);
  const translated = translate(
    root,
    name,
    input,
    "config.layers",
    [],
    progress,
    weightsPath === undefined ? {} : { weightsPath },
  );
  const { clause, leftOut: untrained } = translateTraining(root, translated.output, script);
  const labelled = withLabels(translated, labels);
  const declaration = clause === undefined ? labelled : { ...labelled, body: [...labelled.body, clause] };
  const ofClause = untrained.map(({ what }) => `${what}.`);
  if (clause !== undefined && ofClause.length > 0) progress.comments.set(clause, ofClause);
  const notes = leftOut.map((sentence) => `${sentence}.`);
  if (clause === undefined) notes.push(...ofClause);
  for (const what of leftOut) report(importLeftOut(span, { what }));
  for (const { what, help, span: place = span } of untrained) report(importLeftOut(place, { what, help }));
  const dtypes = foreignDtypes(root);
  if (dtypes.length > 0) {
    report(importPrecision(span, { model: titleOf(root), dtypes }));
    notes.unshift(
      `The ${script === undefined ? "file" : "script"} computes in ${dtypes.join(" and ")}; here everything is float32.`,
    );
  }
  if (notes.length > 0) progress.comments.set(declaration, notes);
  const dims = [...new Set((input ?? []).flatMap((size) => size.dims))];
  const declarations: Declaration[] = [
    ...dims.map((dim): Declaration => ({ kind: "dim", name: nameNode(dim), span: nowhere })),
    ...progress.nested.map((nested) => nested.declaration),
    declaration,
  ];
  const source = { path: file, text: "" };
  return {
    file: { kind: "model-file", source, imports: [], declarations, span: nowhere },
    comments: progress.comments,
  };
}

/** With the labels as a clause behind that of the input, where the model's output has a value for each. */
function withLabels({ declaration, output }: Translated, labels: readonly string[] | undefined): ModelDeclaration {
  const last = output?.at(-1);
  const fit = labels !== undefined && last !== undefined && isStatic(last) && last.factor === labels.length;
  if (!fit || new Set(labels).size < labels.length) return declaration;
  const clause: BodyItem = { kind: "labels", labels: listNode(labels.map(stringNode)), span: nowhere };
  const first = declaration.body.findIndex(({ kind }) => kind === "layer");
  return { ...declaration, body: declaration.body.toSpliced(first, 0, clause) };
}

interface Translated {
  readonly declaration: ModelDeclaration;
  readonly output: Shape | undefined;
}

function translate(
  model: KerasConfig,
  name: string,
  input: Shape | undefined,
  place: string,
  path: readonly string[],
  progress: Progress,
  { weightsPath, isInFrozen = false }: { readonly weightsPath?: string; readonly isInFrozen?: boolean },
): Translated {
  const { report, script } = progress;
  const span = script?.placeOf(model.node)?.span ?? progress.span;
  if (model.authored === true) {
    report(
      importAuthored(span, {
        model: titleOf(model),
        className: shorten(model.className, 60),
        isWhole: path.length === 0,
      }),
    );
  } else if (model.branch !== undefined) {
    const help = helpOfBranched(path.length === 0 ? longestPart(model) : undefined, script !== undefined);
    const merging = (model.layers ?? []).find((layer) => sourcesOf(layer).length > 1);
    const place = (merging && script?.placeOf(merging.node)?.span) ?? span;
    report(importBranched(place, { model: titleOf(model), branch: shorten(model.branch, 200), help }));
  }
  const found = model.layers?.length ?? 0;
  if (found > limits.layers) {
    report(importTooLarge(span, { reason: `${titleOf(model)} has ${found} layers, more than ${limits.layers}` }));
    return { declaration: { kind: "model", name: nameNode(name), body: [], span: nowhere }, output: undefined };
  }
  const items: Item[] = [];
  const taken = new Set<string>();
  let shape = input;
  const isWhole = path.length === 0 && model.branch === undefined;
  let part: PartWithout | undefined;
  const howToHaveIt = (): PartWithout => (part ??= isWhole ? howToHavePart(model) : {});
  const placeOfLayer = (source: ScriptPlace | undefined, at: string): LayerPlace => ({
    span: source?.span ?? span,
    report,
    path,
    isInFrozen,
    howToHavePart: howToHaveIt,
    ...(script === undefined ? { place: at } : { script, ...(source && { source }) }),
  });
  for (const [index, layer] of (model.layers ?? []).entries()) {
    if (isInput(layer)) continue;
    // What merges layers is what the report of the branch is about.
    if (model.branch !== undefined && sourcesOf(layer).length > 1) {
      shape = undefined;
      continue;
    }
    const at = `${place}[${index}]`;
    const source = script?.placeOf(layer.node);
    for (const one of layersFor(layer)) {
      const translated =
        one.layers === undefined
          ? translateLayer(one, shape, placeOfLayer(source, at))
          : translateNested(one, shape, at, path, progress, isInFrozen);
      if (translated === undefined) {
        shape = undefined;
        continue;
      }
      shape = translated.output;
      const named = layerName(one.name, translated.callee, taken);
      const notes = [...translated.notes];
      if (named.problem !== undefined) {
        const { problem, name: replacement } = named;
        report(importLayerName(source?.span ?? span, { name: shorten(one.name, 60), problem, replacement }));
        notes.push(`named ${JSON.stringify(shorten(one.name, 60))} in the ${script === undefined ? "file" : "script"}`);
      }
      taken.add(named.name);
      // Names that nobody chose are those that Layers gives.
      const own = source?.isNamed === false ? undefined : named.name;
      items.push({ name: own, automaticFrom: translated.callee, args: translated.args, notes });
    }
  }
  if (items.length === 0 && (model.layers ?? []).every(isInput)) {
    report(importEmpty(span, { model: titleOf(model) }));
  }
  const body: BodyItem[] = [];
  if (weightsPath !== undefined) body.push({ kind: "weights", path: stringNode(weightsPath), span: nowhere });
  if (input !== undefined) body.push(inputClause(input, model, progress));
  for (const [at, label] of chooseLabels(items).entries()) {
    const { automaticFrom, args, notes } = items[at] as Item;
    const statement: LayerStatement = {
      kind: "layer",
      ...(label === undefined ? {} : { label: nameNode(label) }),
      callee: nameNode(automaticFrom),
      ...(args === undefined ? {} : { arguments: args }),
      span: nowhere,
    };
    if (notes.length > 0) progress.comments.set(statement, notes);
    body.push(statement);
  }
  return { declaration: { kind: "model", name: nameNode(name), body, span: nowhere }, output: shape };
}

interface Item {
  /** Absent where it is the one that Layers gives, whatever that is. */
  readonly name: string | undefined;
  readonly automaticFrom: string;
  /** Absent for a nested model that is trained. */
  readonly args: readonly Argument[] | undefined;
  readonly notes: readonly string[];
}

/** Two nested models share a declaration if they are the same and their names show that they are meant so. */
function translateNested(
  model: KerasConfig,
  input: Shape | undefined,
  place: string,
  path: readonly string[],
  progress: Progress,
  isInFrozen: boolean,
): TranslatedLayer | undefined {
  const frozen = isFrozenWhole(model);
  const { declaration, output } = translate(
    model,
    "",
    input,
    `${place}.config.layers`,
    [...path, model.name],
    progress,
    { isInFrozen: isInFrozen || frozen },
  );
  const args = frozen && !isInFrozen ? [frozenArgument] : undefined;
  // All nodes that are made lie nowhere.
  const body = JSON.stringify(declaration.body.map((item) => [item, progress.comments.get(item)]));
  const base = model.name.replace(/_\d+$/, "");
  const same = progress.nested.find((other) => other.base === base && other.body === body);
  if (same !== undefined) return { callee: same.declaration.name.text, args, notes: [], output };
  if (progress.nested.length === maxNestedModels) {
    const reason = `it nests more than ${maxNestedModels} different models`;
    progress.report(importTooLarge(progress.span, { reason }));
  }
  if (progress.nested.length >= maxNestedModels) return undefined;
  const { rootName, nested, script } = progress;
  const others = [rootName, ...nested.map((other) => other.declaration.name.text), ...(script?.constants.keys() ?? [])];
  const callee = declarableName(toModelName(model.name), others);
  const named = { ...declaration, name: nameNode(callee) };
  progress.nested.push({ declaration: named, base, body });
  return { callee, args, notes: [], output };
}

/**
 * Whether a nested model is frozen with everything in it, as Keras saves one whose `trainable` was set. Where only its own
 * configuration says so, Keras trains its layers once the file is loaded.
 */
function isFrozenWhole({ config, layers = [] }: KerasConfig): boolean {
  if (!isFrozen(config)) return false;
  return layers.every(
    (layer) => isInput(layer) || (layer.layers === undefined ? isFrozen(layer.config) : isFrozenWhole(layer)),
  );
}
