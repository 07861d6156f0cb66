import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic.ts";
import type { ModelDeclaration } from "../../syntax/ast.ts";
import { oncePerNode } from "../once-per-node.ts";

export const exportCollision = defineDiagnostic(
  "export-collision",
  "error",
  "Two models of a file give exports of the same name.",
  (at: { name: string; model: string; other: string; first: Span }) => ({
    message: `The models '${at.other}' and '${at.model}' both export '${at.name}'`,
    related: [{ span: at.first, message: `'${at.other}' is declared here` }],
    help: "rename one of them",
  }),
  () => ({
    meaning:
      "The generated module exports each model under its name with the first letter lowered, and its types and functions beside it. Two models of this file would export the same name.",
    example: {
      kind: "source",
      source: "model Digits { input [4] Dense(3) } model digits { input [4] Dense(3) }",
      mended: "model Digits { input [4] Dense(3) } model Letters { input [4] Dense(3) }",
    },
  }),
);

export const exportReserved = defineDiagnostic(
  "export-reserved",
  "error",
  "A model's export is a reserved word or a global of JavaScript.",
  (at: { model: string; name: string; what: "a reserved word" | "a global" }) => ({
    message: `Model '${at.model}' exports '${at.name}', which is ${at.what} of JavaScript`,
    help: "rename the model",
  }),
  () => ({
    meaning:
      "The generated module exports a model under its name with the first letter lowered, and types under the name itself. A reserved word of JavaScript can't be exported, and the name of a global would hide it.",
    example: {
      kind: "source",
      source: "model Class { input [4] Dense(3) }",
      mended: "model Classes { input [4] Dense(3) }",
    },
  }),
);

/** The name of a model's export: its own with the first letter lowered. */
export function exportName(model: string): string {
  return model.charAt(0).toLowerCase() + model.slice(1);
}

/** The values and types that the generated module exports for a model. */
export function exportsOf(model: string, hasLabels: boolean): readonly string[] {
  const value = exportName(model);
  const type = model.charAt(0).toUpperCase() + model.slice(1);
  return [
    value,
    type,
    `${value}Info`,
    `${type}Input`,
    `${type}Output`,
    `${type}Dims`,
    `${type}Weights`,
    `create${type}`,
    `read${type}Weights`,
    ...(hasLabels ? [`${value}Labels`, `${type}Label`, `${type}Class`, `classify${type}`] : []),
  ];
}

const generatedNames = oncePerNode(({ name, body }: ModelDeclaration): readonly string[] =>
  exportsOf(
    name.text,
    body.some(({ kind }) => kind === "labels"),
  ),
);

/** Reports models whose exports can't be named as they are, or collide with those of another model. */
export function checkExports(models: readonly ModelDeclaration[], report: (diagnostic: Diagnostic) => void): void {
  const owners = new Map<string, ModelDeclaration>();
  const declared = new Set<string>();
  for (const declaration of models) {
    const { text: model, span } = declaration.name;
    // A model declared twice has its own error.
    if (declared.has(model)) continue;
    declared.add(model);
    const names = generatedNames(declaration);
    const reserved = names.find((name) => reservedWords.has(name));
    const global = names.find((name) => globals.has(name));
    if (reserved !== undefined) report(exportReserved(span, { model, name: reserved, what: "a reserved word" }));
    else if (global !== undefined) report(exportReserved(span, { model, name: global, what: "a global" }));
    for (const name of names) {
      const other = owners.get(name);
      if (other === undefined) {
        owners.set(name, declaration);
      } else if (other !== declaration) {
        report(exportCollision(span, { name, model, other: other.name.text, first: other.name.span }));
        break;
      }
    }
  }
}

/** ECMAScript's reserved words in strict-mode modules, with the words TypeScript reserves for types. */
const reservedWords: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null package private protected
  public return static super switch this throw true try typeof var void while with yield any bigint boolean
  never number object string symbol undefined unknown require exports`.split(/\s+/),
);

/** Globals a generated module uses or that a reader takes for themselves. */
const globals: ReadonlySet<string> = new Set(
  `__proto__ constructor prototype globalThis window self global document console process NaN Infinity isNaN isFinite
  parseInt parseFloat escape unescape Object Function Boolean Symbol Number BigInt String RegExp Math JSON Date Array
  Map Set WeakMap WeakSet WeakRef Promise Proxy Reflect Intl Iterator Atomics WebAssembly ArrayBuffer SharedArrayBuffer
  DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array
  Float64Array BigInt64Array BigUint64Array Error EvalError RangeError ReferenceError SyntaxError TypeError URIError
  AggregateError ArrayLike ArrayBufferLike ArrayBufferView Readonly ReadonlyArray Record Partial Required Pick Omit
  Exclude Extract Iterable NonNullable Parameters ReturnType Awaited PropertyKey TemplateStringsArray TextDecoder
  TextEncoder Buffer atob btoa performance fetch`.split(/\s+/),
);
