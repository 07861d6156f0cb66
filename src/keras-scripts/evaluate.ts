import type { Expression, NameNode } from "../python/ast.ts";
import { evaluateCall } from "./calls.ts";
import { evaluateOperator } from "./operators.ts";
import { applyEffects, effectsOf } from "./effects.ts";
import { negate } from "./formula.ts";
import { usualPath } from "./library.ts";
import { inputsOf, layersOf, outputsOf, outputOfInput, outputOfLayer } from "./model-parts.ts";
import { isBuiltin, libraryNumbers } from "./pure-functions.ts";
import { plainNumber } from "./formula.ts";
import { sliced } from "./slice.ts";
import { quote, readName, takesSteps, tooManySteps, type Run } from "./run.ts";
import { unknown, type PythonValue, type Scope, type Why } from "./values.ts";

/** What an expression of a script stands for. Nothing is run: what only Python can tell is unknown, with the reason. */
export function evaluate(node: Expression, scope: Scope, run: Run): PythonValue {
  if (!takesSteps(run, node.span)) return unknown({ reason: tooManySteps, span: node.span });
  switch (node.kind) {
    case "number":
      return evaluateNumber(node);
    case "string":
      return { kind: "string", value: node.value };
    case "constant":
      return node.value === null ? { kind: "none" } : { kind: "boolean", value: node.value };
    case "name":
      return evaluateName(node, scope, run);
    case "list":
    case "tuple":
      return { kind: node.kind, items: node.items.flatMap((item) => evaluateItem(item, scope, run)) };
    case "dict":
      return evaluateDict(node.entries, scope, run);
    case "attribute":
      return evaluateAttribute(run.evaluate(node.object, scope), node.name, node, run);
    case "subscript": {
      const object = run.evaluate(node.object, scope);
      const bounds = node.index.kind === "opaque" ? node.index.bounds : undefined;
      const isList = object.kind === "list" || object.kind === "tuple";
      const part = isList && bounds !== undefined ? sliced(object, bounds, scope, run) : undefined;
      return part ?? evaluateSubscript(object, run.evaluate(node.index, scope), node, run);
    }
    case "unary": {
      const operand = run.evaluate(node.operand, scope);
      if (operand.kind === "number" && node.operator !== "~") {
        return { kind: "number", ...negate(node.operator as "-", operand) };
      }
      return evaluateOperator(node, [operand], run);
    }
    case "binary":
      return evaluateOperator(node, [run.evaluate(node.left, scope), run.evaluate(node.right, scope)], run);
    case "call":
      return evaluateCall(node, scope, run);
    case "opaque": {
      const why: Why = { reason: `${node.what} is computed by Python, and a script is read, not run`, span: node.span };
      applyEffects(effectsOf([], [node]), why, scope, run);
      return unknown(why);
    }
  }
}

function evaluateNumber({
  value,
  isInteger,
  text,
  span,
}: Extract<Expression, { readonly kind: "number" }>): PythonValue {
  if (!Number.isFinite(value) || (isInteger && !Number.isSafeInteger(value))) {
    return unknown({ reason: `${text.slice(0, 20)} is too large a number`, span });
  }
  return { kind: "number", value, isInteger, formula: { kind: "literal", text, value, size: 1 } };
}

function evaluateName({ name, span }: NameNode, scope: Scope, run: Run): PythonValue {
  const binding = readName(name, scope, run);
  const found = binding?.value;
  if (found === undefined) {
    if (isBuiltin(name)) return { kind: "path", path: `builtins.${name}` };
    const path = usualPath(name, run.importsLayers);
    if (path !== undefined) return { kind: "path", path };
    return { kind: "unknown", why: { reason: `nothing in the script gives a value to '${name}'`, span }, free: name };
  }
  // A function may have another value of that name.
  const isConstant = run.constants.has(name) && binding === run.root.names.get(name);
  if (found.kind !== "number" || !isConstant) return found;
  const { value } = found;
  return { ...found, formula: { kind: "constant", name, value, size: 1 } };
}

/** An item of a list; one with a star is the items of another. */
function evaluateItem(node: Expression, scope: Scope, run: Run): readonly PythonValue[] {
  const [inner] = node.kind === "opaque" && node.what === "an unpacked value" ? node.parts : [];
  if (inner === undefined) return [run.evaluate(node, scope)];
  const value = run.evaluate(inner, scope);
  const isList = (value.kind === "list" || value.kind === "tuple") && value.why === undefined;
  if (!isList || !takesSteps(run, node.span, value.items.length)) return [run.evaluate(node, scope)];
  return value.items;
}

function evaluateDict(entries: readonly (readonly [Expression, Expression])[], scope: Scope, run: Run): PythonValue {
  const found = new Map<string, PythonValue>();
  for (const [key, value] of entries) {
    const name = run.evaluate(key, scope);
    const item = run.evaluate(value, scope);
    if (name.kind === "string") found.set(name.value, item);
  }
  return { kind: "dict", entries: found };
}

function evaluateAttribute(object: PythonValue, name: string, node: Expression, run: Run): PythonValue {
  const { span } = node;
  switch (object.kind) {
    case "path": {
      const path = `${object.path}.${name}`;
      const number = Object.hasOwn(libraryNumbers, path) ? libraryNumbers[path] : undefined;
      return number === undefined ? { kind: "path", path } : { kind: "number", ...plainNumber(number, false) };
    }
    case "model":
      switch (name) {
        case "input":
        case "inputs":
          return inputsOf(object.model, span, run);
        case "output":
        case "outputs":
          return outputsOf(object.model, span, run);
        case "layers":
          return { kind: "tuple", items: layersOf(object.model) };
        case "optimizer":
          return object.model.compiled?.optimizer ?? { kind: "method", of: object, name };
        case "name":
          return object.model.name === undefined
            ? unknown({ reason: "Keras names it when the script runs", span })
            : { kind: "string", value: object.model.name };
        default:
          return { kind: "method", of: object, name };
      }
    case "input":
      return name === "output" ? outputOfInput(object.input, span, run) : { kind: "method", of: object, name };
    case "layer":
      return name === "output" ? outputOfLayer(object.layer, span, run) : { kind: "method", of: object, name };
    case "unknown":
      return { kind: "method", of: object, name };
    default:
      return { kind: "method", of: object, name };
  }
}

function evaluateSubscript(object: PythonValue, index: PythonValue, node: Expression, run: Run): PythonValue {
  const { span } = node;
  const missing = (): PythonValue => unknown({ reason: `${quote(span, run)} is nothing that the script says`, span });
  if ((object.kind === "list" || object.kind === "tuple") && index.kind === "number") {
    if (object.why !== undefined) return unknown(object.why);
    return object.items.at(index.value) ?? missing();
  }
  if (object.kind === "dict" && index.kind === "string") return object.entries.get(index.value) ?? missing();
  return object.kind === "unknown" && object.free === undefined ? unknown(object.why) : known(span, run);
}

function known(span: Expression["span"], run: Run): PythonValue {
  return unknown({ reason: `${quote(span, run)} is known only when the script runs`, span });
}
