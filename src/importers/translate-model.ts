import type { PartWithout } from "../check/unsupported-help.ts";
import { limits } from "../check/limits.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import { printModelFile } from "../format/print-model-file.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { dimSize, isStatic, staticSize, type Size } from "../ir/size.ts";
import { builtins } from "../layers/words.ts";
import type { Argument, BodyItem, Declaration, LayerStatement, ModelDeclaration, ModelFile } from "../syntax/ast.ts";
import { longestPart } from "../keras/chain-to.ts";
import { isInput, layersFor, sourcesOf, type KerasConfig } from "../keras/keras-config.ts";
import { shorten } from "../files/shorten.ts";
import {
  importBranched,
  importEmpty,
  importInputShape,
  importLayerName,
  importNoInput,
  importTooLarge,
} from "./diagnostics.ts";
import { importAuthored } from "./file-diagnostics.ts";
import { foreignDtypes } from "./dtypes.ts";
import { importLeftOut, importPrecision } from "./hints.ts";
import { inputAxes } from "./input-shape.ts";
import { chooseLabels, declarableName, dimNames, layerName, toModelName } from "./names.ts";
import { helpOfBranched, howToHavePart } from "./parts.ts";
import { listNode, nameNode, numberNode, stringNode, wordNode } from "./syntax.ts";
import { translateLayer, type TranslatedLayer } from "./translate-layer.ts";

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
  /** Of its weights clause. */
  readonly weightsPath: string;
  /** The file that is imported. */
  readonly file: string;
  /** Of the classes of its output; left out where they do not fit it. */
  readonly labels?: readonly string[];
  /** What the file has that is no part of the model, a sentence without its full stop each. */
  readonly leftOut: readonly string[];
}

/**
 * Translates a chain of layers into a file that declares it as the model `name`, with its arrays in `weightsPath`. Nested
 * models become models of their own. Everything that can't be translated is reported; only without an error is the result
 * whole.
 */
export function translateModel(
  root: KerasConfig,
  { name, weightsPath, file, labels, leftOut }: WrittenModel,
  report: (diagnostic: Diagnostic) => void,
): Translation {
  const span = { file, start: 0, end: 0 };
  const helps = new Set<string>();
  // What helps against several is said once.
  const reportOnce = (diagnostic: Diagnostic): void => {
    const { help, ...rest } = diagnostic;
    report(help === undefined || !helps.has(help) ? diagnostic : rest);
    if (help !== undefined) helps.add(help);
  };
  const progress: Progress = { span, report: reportOnce, comments: new Map(), nested: [], rootName: name };
  const input = rootInput(root, progress);
  const translated = translate(root, name, input, "config.layers", [], progress, weightsPath);
  const declaration = withLabels(translated, labels);
  const notes = leftOut.map((sentence) => `${sentence}.`);
  for (const what of leftOut) report(importLeftOut(span, { what }));
  const dtypes = foreignDtypes(root);
  if (dtypes.length > 0) {
    report(importPrecision(span, { model: titleOf(root), dtypes }));
    notes.unshift(`The file computes in ${dtypes.join(" and ")}; here everything is float32.`);
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

function rootInput(root: KerasConfig, { span, report, rootName }: Progress): Shape | undefined {
  const found = inputAxes(root);
  switch (found.kind) {
    case "unknown":
      if ((root.layers ?? []).length > 0) report(importNoInput(span, { model: titleOf(root) }));
      return undefined;
    case "wrong": {
      const text = shorten(JSON.stringify(found.found), 80);
      report(importInputShape(span, { model: titleOf(root), found: text, problem: found.problem }));
      return undefined;
    }
    case "known": {
      const names = dimNames(found.axes, (dim) => builtins.has(dim) || dim === rootName);
      return found.axes.map((axis, at) => (axis === null ? dimSize(names[at] as string) : staticSize(axis)));
    }
  }
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
  weightsPath?: string,
): Translated {
  const { span, report } = progress;
  if (model.authored === true) {
    report(
      importAuthored(span, {
        model: titleOf(model),
        className: shorten(model.className, 60),
        isWhole: path.length === 0,
      }),
    );
  } else if (model.branch !== undefined) {
    const help = helpOfBranched(path.length === 0 ? longestPart(model) : undefined);
    report(importBranched(span, { model: titleOf(model), branch: shorten(model.branch, 200), help }));
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
  for (const [index, layer] of (model.layers ?? []).entries()) {
    if (isInput(layer)) continue;
    // What merges layers is what the report of the branch is about.
    if (model.branch !== undefined && sourcesOf(layer).length > 1) {
      shape = undefined;
      continue;
    }
    const at = `${place}[${index}]`;
    for (const one of layersFor(layer)) {
      const translated =
        one.layers === undefined
          ? translateLayer(one, shape, { span, report, place: at, path, howToHavePart: howToHaveIt })
          : translateNested(one, shape, at, path, progress);
      if (translated === undefined) {
        shape = undefined;
        continue;
      }
      shape = translated.output;
      const named = layerName(one.name, translated.callee, taken);
      const notes = [...translated.notes];
      if (named.problem !== undefined) {
        const { problem, name: replacement } = named;
        report(importLayerName(span, { name: shorten(one.name, 60), problem, replacement }));
        notes.push(`named ${JSON.stringify(shorten(one.name, 60))} in the file`);
      }
      taken.add(named.name);
      items.push({ name: named.name, automaticFrom: translated.callee, args: translated.args, notes });
    }
  }
  if (items.length === 0 && (model.layers ?? []).every(isInput)) {
    report(importEmpty(span, { model: titleOf(model) }));
  }
  const body: BodyItem[] = [];
  if (weightsPath !== undefined) body.push({ kind: "weights", path: stringNode(weightsPath), span: nowhere });
  if (input !== undefined) body.push({ kind: "input", shape: shapeNode(input, model, progress), span: nowhere });
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
  readonly name: string;
  readonly automaticFrom: string;
  /** Absent for a nested model. */
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
): TranslatedLayer | undefined {
  const { declaration, output } = translate(
    model,
    "",
    input,
    `${place}.config.layers`,
    [...path, model.name],
    progress,
  );
  const body = printModelFile(
    { kind: "model-file", source: { path: "", text: "" }, imports: [], declarations: [declaration], span: nowhere },
    { comments: progress.comments },
  );
  const base = model.name.replace(/_\d+$/, "");
  const same = progress.nested.find((other) => other.base === base && other.body === body);
  if (same !== undefined) return { callee: same.declaration.name.text, args: undefined, notes: [], output };
  if (progress.nested.length === maxNestedModels) {
    const reason = `it nests more than ${maxNestedModels} different models`;
    progress.report(importTooLarge(progress.span, { reason }));
  }
  if (progress.nested.length >= maxNestedModels) return undefined;
  const others = [progress.rootName, ...progress.nested.map((other) => other.declaration.name.text)];
  const callee = declarableName(toModelName(model.name), others);
  const named = { ...declaration, name: nameNode(callee) };
  progress.nested.push({ declaration: named, base, body });
  return { callee, args: undefined, notes: [], output };
}

function shapeNode(shape: Shape, model: KerasConfig, { span, report }: Progress): ReturnType<typeof listNode> {
  const unclear = shape.find((size) => !isStatic(size) && (size.factor !== 1 || size.dims.length !== 1));
  if (unclear !== undefined) {
    const problem = "an input clause can't express a product of run-time sizes";
    report(importInputShape(span, { model: titleOf(model), found: formatShape(shape), problem }));
  }
  return listNode(shape.map(axisNode));
}

function axisNode(size: Size): ReturnType<typeof numberNode> {
  const [dim] = size.dims;
  return dim === undefined ? numberNode(size.factor) : wordNode(dim);
}

/** A model in messages: `the model 'encoder'`. */
export function titleOf(model: KerasConfig): string {
  return model.name === "" ? "the model" : `the model '${shorten(model.name, 60)}'`;
}
