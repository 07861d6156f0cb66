import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { BlockStatement, Statement } from "../python/ast.ts";
import { containedIn } from "./contained.ts";
import { scriptSeveralModels, scriptUnknownModel, scriptUnread, scriptWithoutModel } from "./diagnostics.ts";
import { effectsOf } from "./effects.ts";
import { addItem, emptySequential, modelOfTensor } from "./make-model.ts";
import type { Run } from "./run.ts";
import type { ScriptModel, Why } from "./values.ts";

/** A model of a script with the name that it is asked for by. */
export interface NamedModel {
  readonly name: string;
  readonly model: ScriptModel;
}

export type ChosenModel = NamedModel | { readonly problem: Diagnostic; readonly choices?: readonly string[] };

/**
 * The model that is meant: the one that `wanted` names, or else the only one that is part of no other. In a part of a script
 * that makes none, the layers that stand there, or what the last one gives.
 */
export function chooseModel(
  statements: readonly Statement[],
  wanted: string | undefined,
  whole: Span,
  run: Run,
): ChosenModel {
  const named = namedModels(run);
  const found = named.length > 0 ? named : returnedModels(statements, run);
  if (wanted !== undefined) {
    const one = found.find(({ name }) => name === wanted);
    const known = found.map(({ name }) => name);
    return one ?? { problem: unread(wanted, run) ?? scriptUnknownModel(whole, { name: wanted, known }) };
  }
  const outermost = withoutContained(found);
  const [first, ...others] = outermost;
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    const names = outermost.map(({ name }) => name);
    const related = outermost.map(({ name, model }) => ({ span: model.span, message: `'${name}' is made here` }));
    return {
      problem: scriptSeveralModels(first.model.span, { names, related: related.slice(1) }),
      choices: found.map(({ name }) => name),
    };
  }
  return partOfScript(run) ?? { problem: withoutModel(statements, whole, run) };
}

/** The models that variables of the script hold in the end, or that stand alone, each once. */
function namedModels(run: Run): readonly NamedModel[] {
  const found = new Map<ScriptModel, string>();
  for (const [name, { value }] of run.root.names) {
    if (value.kind === "model" && !found.has(value.model)) found.set(value.model, name);
  }
  for (const value of run.bare) {
    if (value.kind === "model" && !found.has(value.model)) found.set(value.model, value.model.name ?? "model");
  }
  // keras.Sequential([...]).compile() is held by nobody.
  const loose = found.size > 0 ? [] : run.models.filter(({ variable }) => variable === undefined);
  for (const model of loose) found.set(model, model.name ?? "model");
  return [...found].map(([model, name]) => ({ name, model }));
}

/** The models that functions return which nothing calls: a part of a script may be the function alone. */
function returnedModels(statements: readonly Statement[], run: Run): readonly NamedModel[] {
  return statements.flatMap((statement): readonly NamedModel[] => {
    if (statement.kind !== "block" || statement.word !== "def" || statement.name === undefined) return [];
    const before = run.models.length;
    run.statement = run.statements.get(statement) ?? 0;
    const value = run.callFunction(statement, run.root, { positional: [], named: new Map() }, statement.span);
    const values = value.kind === "tuple" ? value.items : [value];
    const returned = values.flatMap((one) => (one.kind === "model" ? [one.model] : []));
    // One that assigns its model to an attribute returns nothing.
    const models = returned.length > 0 ? returned : run.models.slice(before);
    return models.slice(0, 1).map((model) => ({ name: statement.name as string, model }));
  });
}

function withoutContained(found: readonly NamedModel[]): readonly NamedModel[] {
  const parts = found.map(({ model }) => ({ model, parts: containedIn(model).models }));
  return found.filter(({ model }) => !parts.some((other) => other.model !== model && other.parts.has(model)));
}

/** The model that a part of a script describes without making it. */
function partOfScript(run: Run): NamedModel | undefined {
  const [first] = run.bare;
  if (first !== undefined) {
    const span = spanOf(first);
    if (span === undefined) return undefined;
    const model = emptySequential(span, run);
    for (const value of run.bare) addItem(model, value, spanOf(value) ?? span, run);
    return { name: "model", model };
  }
  const made = [...run.root.names.values()].flatMap(({ value }) =>
    value.kind === "tensor" && value.tensor.source.kind !== "input" ? [value.tensor] : [],
  );
  const [last] = made.toSorted((a, b) => b.order - a.order);
  return last === undefined ? undefined : { name: "model", model: modelOfTensor(last, run) };
}

function spanOf(value: Run["bare"][number]): Span | undefined {
  if (value.kind === "layer") return value.layer.span;
  if (value.kind === "input") return value.input.span;
  return value.kind === "model" ? value.model.span : undefined;
}

/** Why the value of a variable is not known, which may be a model. */
function unread(name: string, run: Run): Diagnostic | undefined {
  const value = run.root.names.get(name)?.value;
  return value?.kind === "unknown" ? notRead(`the model '${name}'`, value.why) : undefined;
}

function notRead(model: string, { reason, span, help }: Why): Diagnostic {
  return scriptUnread(span, { model, reason, help, related: [] });
}

/** Why a script makes no model: one is made where nothing is read, or in a class. */
function withoutModel(statements: readonly Statement[], whole: Span, run: Run): Diagnostic {
  const [lost] = run.lost;
  if (lost !== undefined) return notRead("the model", lost);
  const derived = statements.find(
    (statement): statement is BlockStatement =>
      statement.kind === "block" && statement.word === "class" && isModel(statement),
  );
  if (derived !== undefined) {
    return notRead("the model", {
      reason: `'${derived.name ?? ""}' is a class, and classes are not read`,
      span: derived.span,
      help: isOfTorch(derived)
        ? "write its layers as nn.Sequential(...)\nor export the model in Python and import its file: layerc import model.onnx"
        : "write its layers as keras.Sequential([...])\nor save the model in Python and import its file: layerc import model.keras",
    });
  }
  return scriptWithoutModel(whole, {});
}

/** Whether a class is derived from PyTorch's `Module`. */
function isOfTorch({ parts }: BlockStatement): boolean {
  return parts.some((part) => (part.kind === "attribute" || part.kind === "name") && part.name === "Module");
}

/** Whether a class is derived from one of Keras' models or PyTorch's modules, or makes a model in its methods. */
function isModel({ parts, body }: BlockStatement): boolean {
  const bases = parts.map((part) => (part.kind === "attribute" || part.kind === "name" ? part.name : ""));
  if (bases.some((name) => /^(?:Model|Sequential|Layer|Module)$/.test(name))) return true;
  return body.some(
    (statement) =>
      statement.kind === "block" &&
      effectsOf(statement.body, []).calls.some(
        ({ callee }) =>
          (callee.kind === "attribute" || callee.kind === "name") && /^(?:Sequential|Model)$/.test(callee.name),
      ),
  );
}
