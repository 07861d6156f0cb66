import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { builtins } from "../words.ts";
import type { BlockDeclaration, Name } from "../../syntax/ast.ts";
import { evaluateSettled } from "../evaluate.ts";
import type { CheckContext } from "../context.ts";
import type { FileScope } from "../scope.ts";
import type { Value } from "../../layers/arguments/value.ts";

export const duplicateDeclaration = defineDiagnostic(
  "duplicate-declaration",
  "error",
  "Two declarations or imports of a file have the same name.",
  (at: { name: string; first: Span }) => ({
    message: `'${at.name}' is declared twice in this file`,
    label: "the second one",
    related: [{ span: at.first, message: "the first one" }],
  }),
  () => ({
    meaning: "let, dim, block, model and imported names share one namespace, so that a name means one thing in a file.",
    example: {
      kind: "source",
      source: "let size = 3 dim size model M { input [4] Dense(size) }",
      mended: "let units = 3 dim size model M { input [size, 4] Dense(units) }",
    },
  }),
);

export const builtinRedeclared = defineDiagnostic(
  "builtin-redeclared",
  "error",
  "A declaration, an import or a parameter has the name of something built in.",
  (at: { name: string; what: string }) => ({
    message: `'${at.name}' is a built-in ${at.what} and can't be declared again`,
    help: "choose another name",
  }),
  () => ({
    meaning:
      "The names of layers, activations, initializers and the like mean the same in every file, so that one can read a line without reading the rest.",
    example: {
      kind: "source",
      source: "block Dense(units) { Flatten() } model M { input [4] Dense(3) }",
      mended: "block Hidden(units) { Dense(units) } model M { input [4] Hidden(3) }",
    },
  }),
);

export const duplicateParameter = defineDiagnostic(
  "duplicate-parameter",
  "error",
  "A block has two parameters of the same name.",
  (at: { name: string; first: Span }) => ({
    message: `The block has two parameters named '${at.name}'`,
    related: [{ span: at.first, message: "the first one" }],
  }),
  () => ({
    meaning: "A call gives arguments by the names of the parameters, so each parameter has a name of its own.",
    example: {
      kind: "source",
      source: "block Hidden(n, n) { Dense(n) } model M { input [4] Dense(3) }",
      mended: "block Hidden(n, m) { Dense(n) Dense(m) } model M { input [4] Hidden(3, 4) }",
    },
  }),
);

export const parameterOrder = defineDiagnostic(
  "parameter-order",
  "error",
  "A parameter without a default follows one with a default.",
  (at: { name: string; before: Span }) => ({
    message: `The parameter '${at.name}' has no default, but one before it has`,
    related: [{ span: at.before, message: "this one has a default" }],
    help: "put the parameters without defaults first",
  }),
  () => ({
    meaning:
      "As in Python, parameters without a default come first: arguments without names are given to them from left to right.",
    example: {
      kind: "source",
      source: "block Hidden(rate=0.1, units) { Dense(units) Dropout(rate) } model M { input [4] Hidden(units=3) }",
      mended: "block Hidden(units, rate=0.1) { Dense(units) Dropout(rate) } model M { input [4] Hidden(3) }",
    },
  }),
);

export const unusableDimName = defineDiagnostic(
  "unusable-dim-name",
  "error",
  "A dim has a name that can't be a property of a JavaScript object.",
  (at: { name: string }) => ({
    message: `A dim can't be named '${at.name}': generated functions take dims as properties of an object`,
  }),
  () => ({
    meaning:
      "Generated functions take the sizes of dims as an object, { time: 12 }. JavaScript has a meaning of its own for this name there.",
    example: {
      kind: "source",
      source: "dim __proto__ model M { input [__proto__, 4] Dense(3) }",
      mended: "dim time model M { input [time, 4] Dense(3) }",
    },
  }),
);

/** Checks the names a file declares and imports, and the parameters of its blocks. */
export function checkDeclarations(scope: FileScope, context: CheckContext): void {
  const { file } = scope;
  const { report } = context;
  const first = new Map<string, Span>();
  const declare = (name: Name): void => {
    if (builtins.has(name.text)) {
      report(builtinRedeclared(name.span, { name: name.text, what: builtins.get(name.text) ?? "name" }));
      return;
    }
    const before = first.get(name.text);
    if (before === undefined) first.set(name.text, name.span);
    else report(duplicateDeclaration(name.span, { name: name.text, first: before }));
  };
  for (const statement of file.imports) statement.names.forEach(declare);
  for (const declaration of file.declarations) {
    declare(declaration.name);
    if (declaration.kind === "dim" && declaration.name.text === "__proto__") {
      report(unusableDimName(declaration.name.span, { name: declaration.name.text }));
    }
    if (declaration.kind === "block") checkParameters(declaration, scope, context);
  }
}

function checkParameters(block: BlockDeclaration, scope: FileScope, context: CheckContext): void {
  const { report } = context;
  const first = new Map<string, Span>();
  const parameters = new Map<string, Value>();
  let withDefault: Span | undefined;
  for (const { name, default: preset, span } of block.parameters) {
    const before = first.get(name.text);
    if (before !== undefined) report(duplicateParameter(name.span, { name: name.text, first: before }));
    else first.set(name.text, name.span);
    if (builtins.has(name.text)) {
      report(builtinRedeclared(name.span, { name: name.text, what: builtins.get(name.text) ?? "name" }));
    }
    if (preset !== undefined) {
      withDefault ??= span;
      evaluateSettled(preset, { context, scope: { file: scope, parameters }, report });
    } else if (withDefault !== undefined) {
      report(parameterOrder(name.span, { name: name.text, before: withDefault }));
    }
    parameters.set(name.text, { kind: "unknown", span: name.span, literal: false });
  }
}
