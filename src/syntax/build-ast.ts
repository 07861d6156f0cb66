import type { CstNode } from "chevrotain";
import type { Checked, Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type {
  BodyItem,
  Declaration,
  ImportDeclaration,
  ModelFile,
  Name,
  Parameter,
  ShapeAssertion,
  StringLiteral,
} from "./ast.ts";
import {
  buildArguments,
  buildExpression,
  buildList,
  buildName,
  child,
  children,
  childToken,
  nodeRange,
  type BuildContext,
} from "./build-expression.ts";
import type { DocComments } from "./doc-comments.ts";
import { stringLiteral } from "./literals.ts";
import type { Source } from "./source.ts";
import { tokenEnd, type Token } from "./token.ts";

export const misplacedStatement = defineDiagnostic<{ fix?: Fix }>(
  "misplaced-statement",
  "error",
  "A layer or a clause stands outside of a model or block.",
  ({ fix }) => ({
    message: "Layers and clauses belong in the body of a model or a block",
    ...(fix === undefined ? { help: "write model Name { input [...]  ... }" } : { fix }),
  }),
  () => ({
    meaning:
      "Layers and the clauses input, weights, labels and compile belong to a model, so they stand between the braces of one, or of a block.",
    example: { kind: "source", source: "input [4] Dense(3)", mended: "model M { input [4] Dense(3) }" },
  }),
);

export const misplacedDeclaration = defineDiagnostic<{ keyword: string; fix?: Fix }>(
  "misplaced-declaration",
  "error",
  "A declaration stands inside of a model, a block or a repeat.",
  ({ keyword, fix }) => ({
    message: `'${keyword}' is declared inside a body, expected it at the top of the file`,
    ...(fix === undefined ? { help: "move it out of the braces; the order of declarations does not matter" } : { fix }),
  }),
  () => ({
    meaning:
      "let, dim, block, model and import stand at the top level of a file. What they declare holds for the whole file, in any order, so nothing is gained by declaring inside of a body.",
    example: {
      kind: "source",
      source: "model M { input [4] let n = 3 Dense(n) }",
      mended: "let n = 3 model M { input [4] Dense(n) }",
    },
  }),
);

interface Context extends BuildContext {
  readonly docs: DocComments;
  /** Declarations found inside a body, which count as if they stood outside. */
  readonly imports: ImportDeclaration[];
  readonly declarations: Declaration[];
}

/** Builds the syntax tree of a file; what a syntax error has left incomplete is left out or missing. */
export function buildAst(source: Source, cst: CstNode, docs: DocComments): Checked<ModelFile> {
  const diagnostics: Diagnostic[] = [];
  const context: Context = {
    file: source.path,
    report: (diagnostic) => diagnostics.push(diagnostic),
    docs,
    imports: [],
    declarations: [],
  };
  let isInMisplaced = false;
  for (const node of children(cst, "declaration")) {
    const stray = child(node, "misplacedStatement");
    // Several in a row have one cause.
    if (stray && !isInMisplaced) diagnostics.push(misplacedStatement(span(context, stray, 0), {}));
    if (stray) docs.before(nodeRange(stray, 0).start);
    isInMisplaced = stray !== undefined;
    declare(context, node);
  }
  const value: ModelFile = {
    kind: "model-file",
    source,
    imports: context.imports,
    declarations: context.declarations,
    span: { file: source.path, start: 0, end: source.text.length },
  };
  return { value, diagnostics };
}

function span(context: Context, node: CstNode, fallback: number) {
  return { file: context.file, ...nodeRange(node, fallback) };
}

function docOf(context: Context, start: number): { doc?: string } {
  const doc = context.docs.before(start);
  return doc === undefined ? {} : { doc };
}

/** Adds the declaration that a `declaration` or `misplacedDeclaration` node holds, if it has a name. */
function declare(context: Context, node: CstNode): void {
  const importNode = child(node, "importDeclaration");
  if (importNode) addImport(context, importNode);
  const kinds = ["letDeclaration", "dimDeclaration", "blockDeclaration", "modelDeclaration"] as const;
  for (const kind of kinds) {
    const declaration = child(node, kind);
    const name = declaration && childToken(declaration, "Identifier");
    if (!declaration) continue;
    const place = span(context, declaration, 0);
    const doc = docOf(context, place.start);
    if (name)
      context.declarations.push(buildDeclaration(context, kind, declaration, buildName(context, name), doc, place));
    // The body of a model without a name still has its errors told.
    else buildBody(context, child(declaration, "body"));
  }
}

function buildDeclaration(
  context: Context,
  kind: "letDeclaration" | "dimDeclaration" | "blockDeclaration" | "modelDeclaration",
  node: CstNode,
  name: Name,
  doc: { doc?: string },
  place: Declaration["span"],
): Declaration {
  switch (kind) {
    case "letDeclaration": {
      const value = buildExpression(context, child(node, "expression"), place.end);
      return { kind: "let", ...doc, name, value, span: place };
    }
    case "dimDeclaration":
      return { kind: "dim", ...doc, name, span: place };
    case "blockDeclaration": {
      const parameters = children(child(node, "parameters") ?? node, "parameter").flatMap((each) =>
        buildParameter(context, each),
      );
      return { kind: "block", ...doc, name, parameters, ...bodyOf(context, node), span: place };
    }
    case "modelDeclaration":
      return { kind: "model", ...doc, name, ...bodyOf(context, node), span: place };
  }
}

function addImport(context: Context, node: CstNode): void {
  const path = childToken(node, "StringLiteral");
  const names = children(child(node, "importNames") ?? node, "importName").flatMap((each) => {
    const token = childToken(each, "Identifier");
    return token ? [buildName(context, token)] : [];
  });
  if (path) {
    context.imports.push({ kind: "import", names, path: buildString(context, path), span: span(context, node, 0) });
  }
}

function buildString(context: Context, token: Token): StringLiteral {
  return stringLiteral(context.file, token, context.report);
}

function buildParameter(context: Context, node: CstNode): readonly Parameter[] {
  const name = childToken(node, "Identifier");
  const equals = childToken(node, "Equals");
  if (!name) return [];
  return [
    {
      kind: "parameter",
      name: buildName(context, name),
      ...(equals ? { default: buildExpression(context, child(node, "expression"), tokenEnd(equals)) } : {}),
      span: span(context, node, 0),
    },
  ];
}

/** The body of a declaration or a repeat; without its opening brace nothing of it was read. */
function bodyOf(context: Context, owner: CstNode): { body: readonly BodyItem[]; isBodyLost?: true } {
  const node = child(owner, "body");
  const body = buildBody(context, node);
  return node !== undefined && childToken(node, "LeftBrace") ? { body } : { body, isBodyLost: true };
}

function buildBody(context: Context, node: CstNode | undefined): readonly BodyItem[] {
  return node ? children(node, "statement").flatMap((statement) => buildStatement(context, statement)) : [];
}

function buildStatement(context: Context, node: CstNode): readonly BodyItem[] {
  const place = span(context, node, 0);
  const misplaced = child(node, "misplacedDeclaration");
  if (misplaced) {
    reportMisplaced(context, misplaced);
    declare(context, misplaced);
    return [];
  }
  const doc = docOf(context, place.start);
  const labelNode = child(node, "label");
  const labelToken = labelNode && childToken(labelNode, "name");
  const label = labelToken ? { label: buildLabel(context, labelToken) } : {};
  const layer = child(node, "layerStatement");
  const callee = layer && childToken(layer, "Identifier");
  if (layer && callee) {
    const args = child(layer, "callArguments");
    return [
      {
        kind: "layer",
        ...doc,
        ...label,
        callee: buildName(context, callee),
        ...(args ? { arguments: buildArguments(context, args) } : {}),
        ...buildAssertion(context, layer),
        span: place,
      },
    ];
  }
  const repeat = child(node, "repeatStatement");
  if (repeat) {
    const keyword = childToken(repeat, "Repeat");
    const count = buildExpression(context, child(repeat, "expression"), keyword ? tokenEnd(keyword) : place.end);
    const body = bodyOf(context, repeat);
    return [{ kind: "repeat", ...doc, ...label, count, ...body, ...buildAssertion(context, repeat), span: place }];
  }
  const input = child(node, "inputClause");
  if (input)
    return [{ kind: "input", ...doc, shape: buildList(context, child(input, "list"), place.end), span: place }];
  const labels = child(node, "labelsClause");
  if (labels)
    return [{ kind: "labels", ...doc, labels: buildList(context, child(labels, "list"), place.end), span: place }];
  const compile = child(node, "compileClause");
  const word = compile && childToken(compile, "Compile");
  const args = compile && child(compile, "callArguments");
  if (word && args) {
    const call = { callee: buildName(context, word), arguments: buildArguments(context, args) };
    return [{ kind: "compile", ...doc, ...call, span: place }];
  }
  const weights = child(node, "weightsClause");
  const path = weights && childToken(weights, "path");
  const prefix = weights && childToken(weights, "prefix");
  if (path === undefined) return [];
  const part = prefix === undefined ? {} : { prefix: buildString(context, prefix) };
  return [{ kind: "weights", ...doc, path: buildString(context, path), ...part, span: place }];
}

function reportMisplaced(context: Context, node: CstNode): void {
  const [declaration] = Object.values(node.children)[0] ?? [];
  const { start, end } = nodeRange(declaration as CstNode, 0);
  const keyword = Object.values((declaration as CstNode).children)[0]?.[0] as Token | undefined;
  if (keyword === undefined) return;
  const place = { file: context.file, start, end: Math.min(end, tokenEnd(keyword)) };
  context.report(misplacedDeclaration(place, { keyword: keyword.image }));
}

function buildLabel(context: Context, token: Token): Name {
  const isString = token.image.startsWith('"') || token.broken === true;
  const quoted = isString || !/^[\p{L}_$]/u.test(token.image);
  if (!quoted) return buildName(context, token);
  const { value, span: place } = buildString(context, token);
  return { kind: "name", text: value, span: place };
}

function buildAssertion(context: Context, node: CstNode): { assertion?: ShapeAssertion } {
  const assertion = child(node, "assertion");
  if (!assertion) return {};
  const place = span(context, assertion, 0);
  return {
    assertion: { kind: "assertion", shape: buildList(context, child(assertion, "list"), place.end), span: place },
  };
}
