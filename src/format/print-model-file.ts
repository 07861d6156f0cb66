import type {
  BodyItem,
  Declaration,
  LayerStatement,
  ModelFile,
  Name,
  Parameter,
  ShapeAssertion,
} from "../syntax/ast.ts";
import { lineWidth, printCall, printExpression, printList, printString } from "./print-expression.ts";

/** What a syntax tree does not hold. */
export interface PrintOptions {
  /** Ordinary comments before declarations and statements, a line each, without the slashes. */
  readonly comments?: ReadonlyMap<Declaration | BodyItem, readonly string[]>;
}

/**
 * The source of a model file in the language's one style: two spaces, a layer a line, long calls broken with aligned
 * arguments. The same tree gives the same text, and parsing the text gives the same tree. The file must be free of syntax
 * errors.
 */
export function printModelFile(file: ModelFile, options: PrintOptions = {}): string {
  const imports = file.imports.map(({ names, path }) => {
    const list = names.map((name) => name.text).join(", ");
    return `import { ${list} } from ${printString(path.value)}\n`;
  });
  const groups = imports.length === 0 ? [] : [imports.join("")];
  let previous: Declaration | undefined;
  for (const declaration of file.declarations) {
    const text = printDeclaration(declaration, options);
    if (previous !== undefined && isShort(previous) && isShort(declaration))
      groups.push(`${groups.pop() ?? ""}${text}`);
    else groups.push(text);
    previous = declaration;
  }
  return groups.join("\n");
}

/** Lets and dims stand one below the other. */
function isShort(declaration: Declaration): boolean {
  return declaration.kind === "let" || declaration.kind === "dim";
}

function printDeclaration(declaration: Declaration, options: PrintOptions): string {
  const lead = printLead(declaration, "", options);
  const name = declaration.name.text;
  switch (declaration.kind) {
    case "let":
      return `${lead}let ${name} = ${printExpression(declaration.value, name.length + 7)}\n`;
    case "dim":
      return `${lead}dim ${name}\n`;
    case "block":
      return `${lead}block ${name}(${declaration.parameters.map(printParameter).join(", ")}) ${printBody(declaration.body, "", options)}\n`;
    case "model":
      return `${lead}model ${name} ${printBody(declaration.body, "", options)}\n`;
  }
}

function printParameter(parameter: Parameter): string {
  const { name, default: preset } = parameter;
  return preset === undefined ? name.text : `${name.text}=${printExpression(preset, 0)}`;
}

function printBody(items: readonly BodyItem[], indent: string, options: PrintOptions): string {
  if (items.length === 0) return "{}";
  const inner = `${indent}  `;
  // A body with several clauses shows them apart from its layers.
  const clauses = items.filter((item) => isClause(item)).length;
  const lines = items.map((item, index) => {
    const before = items[index - 1];
    const apart = before !== undefined && clauses > 1 && isClause(before) !== isClause(item);
    return `${apart ? "\n" : ""}${printLead(item, inner, options)}${inner}${printItem(item, inner, options)}\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

function isClause(item: BodyItem): boolean {
  return item.kind === "input" || item.kind === "weights" || item.kind === "labels";
}

function printItem(item: BodyItem, indent: string, options: PrintOptions): string {
  switch (item.kind) {
    case "input":
      return `input ${printList(item.shape.items, indent.length + 6)}`;
    case "weights":
      return `weights ${printString(item.path.value)}`;
    case "labels":
      return `labels ${printList(item.labels.items, indent.length + 7)}`;
    case "repeat": {
      const label = printLabel(item.label);
      const head = `${label}repeat ${printExpression(item.count, indent.length + label.length + 7)} `;
      const end = printAssertion(item.assertion);
      const [only, ...more] = item.body;
      if (only !== undefined && more.length === 0 && printLead(only, "", options) === "") {
        const text = `${head}{ ${printItem(only, `${indent}  `, options)} }${end}`;
        if (!text.includes("\n") && indent.length + text.length <= lineWidth) return text;
      }
      return `${head}${printBody(item.body, indent, options)}${end}`;
    }
    case "layer":
      return printLayer(item, indent.length);
  }
}

function printLayer(layer: LayerStatement, column: number): string {
  const label = printLabel(layer.label);
  const callee = layer.callee.text;
  const call = layer.arguments === undefined ? callee : printCall(callee, layer.arguments, column + label.length);
  return `${label}${call}${printAssertion(layer.assertion)}`;
}

function printAssertion(assertion: ShapeAssertion | undefined): string {
  return assertion === undefined ? "" : ` -> ${printList(assertion.shape.items, 0)}`;
}

function printLabel(label: Name | undefined): string {
  if (label === undefined) return "";
  const { text } = label;
  return `${/^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? text : printString(text)}: `;
}

/** The comments before something: ordinary ones, then its doc comment. */
function printLead(node: Declaration | BodyItem, indent: string, options: PrintOptions): string {
  const plain = (options.comments?.get(node) ?? []).flatMap((comment) => comment.split(/\r\n|[\n\r\u2028\u2029]/));
  const documented = node.doc === undefined ? [] : node.doc.split("\n");
  return [
    ...plain.map((line) => `${indent}// ${line}`.trimEnd()),
    ...documented.map((line) => `${indent}/// ${line}`.trimEnd()),
  ]
    .map((line) => `${line}\n`)
    .join("");
}
