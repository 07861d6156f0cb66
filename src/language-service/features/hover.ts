import type { BoundArgument } from "../../check/semantics/arguments-of.ts";
import { argumentsOf } from "../../check/semantics/arguments-of.ts";
import type { CheckedStep } from "../../check/semantics/checked-step.ts";
import { stepsOf } from "../../check/semantics/steps-at.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { formatCount } from "../../diagnostics/format-count.ts";
import { elementCount, formatShape } from "../../ir/shape.ts";
import { formatSize } from "../../ir/size.ts";
import { findActivation } from "../../activations/index.ts";
import type { BodyItem, LayerStatement } from "../../syntax/ast.ts";
import { countOptimizer } from "../../summary/count-optimizer.ts";
import { countParameters } from "../../summary/count-parameters.ts";
import { partOfFile } from "../../weights/part-of-file.ts";
import type { Analysis } from "../analysis.ts";
import { builtinSignature, compileSignature, ofSpec, signatureLabel } from "../describe/call-signature.ts";
import { definitionHover } from "../describe/describe-definition.ts";
import { describeStatement } from "../describe/describe-statement.ts";
import { writeValue } from "../describe/describe-value.ts";
import { trainingKind } from "../describe/training-kind.ts";
import { describeWeightFile } from "../describe/describe-weight-file.ts";
import { describeParameter } from "../describe/describe-parameter.ts";
import { keywordDocs } from "../describe/keyword-docs.ts";
import { codeBlock, escapeMarkdown, inlineCode, paragraphs } from "../describe/markdown.ts";
import type { Surroundings } from "../surroundings.ts";
import { nodesAt } from "../tree/nodes-at.ts";
import type { SyntaxNode } from "../tree/syntax-node.ts";

/** What is said of a place of a file. */
export interface Hover {
  /** What it is said of. */
  readonly span: Span;
  readonly markdown: string;
}

/** What is known of whatever stands at an offset; undefined where there is nothing to say. */
export async function hover(
  analysis: Analysis,
  offset: number,
  surroundings: Surroundings = {},
): Promise<Hover | undefined> {
  const { file } = analysis;
  if (file.comments?.some(({ span }) => span.start < offset && offset < span.end)) return undefined;
  const nodes = nodesAt(file, offset);
  const innermost = nodes.at(-1);
  if (innermost?.kind === "string") {
    const parent = nodes.at(-2);
    if (parent?.kind === "weights") return weightsHover(analysis, parent, surroundings);
    if (parent?.kind === "import") return importHover(analysis, parent, innermost.span);
  }
  return definitionHover(analysis, offset) ?? nodeHover(analysis, nodes, offset);
}

async function weightsHover(
  { source }: Analysis,
  clause: Extract<BodyItem, { kind: "weights" }>,
  { weightFile }: Surroundings,
): Promise<Hover | undefined> {
  const { path, prefix } = clause;
  const file = await weightFile?.(source.path, path.value);
  if (file === undefined) return undefined;
  const part = prefix === undefined ? file.root : partOfFile(file.root, prefix.value);
  return { span: path.span, markdown: describeWeightFile(file, part ?? file.root) };
}

function importHover(
  { program }: Analysis,
  statement: Extract<SyntaxNode, { kind: "import" }>,
  span: Span,
): Hover | undefined {
  const path = program.imports.get(statement);
  const target = path === undefined ? undefined : program.files.get(path);
  if (target === undefined) return undefined;
  const declared = target.declarations.map(({ kind, name }) => `${kind} ${name.text}`);
  const markdown = declared.length === 0 ? "It declares nothing." : codeBlock(declared.join("\n"));
  return { span, markdown };
}

function nodeHover(analysis: Analysis, nodes: readonly SyntaxNode[], offset: number): Hover | undefined {
  const innermost = nodes.at(-1);
  const statement = nodes.findLast((node): node is LayerStatement => node.kind === "layer");
  const steps = statement === undefined ? [] : stepsOf(analysis.result.index, statement);
  if (statement !== undefined && innermost === statement.callee) {
    return { span: statement.callee.span, markdown: describeStatement(statement, steps, analysis) };
  }
  const argument = argumentHover(nodes, steps, analysis);
  if (argument !== undefined) return argument;
  return keywordHover(analysis, nodes.findLast(isKeyworded), offset) ?? listHover(analysis, nodes);
}

function argumentHover(
  nodes: readonly SyntaxNode[],
  steps: readonly CheckedStep[],
  { source }: Analysis,
): Hover | undefined {
  const innermost = nodes.at(-1);
  const at = nodes.findLastIndex((node) => node.kind === "argument");
  const node = nodes[at];
  if (node?.kind !== "argument" || innermost === undefined) return undefined;
  const owner = nodes[at - 1];
  const bound =
    owner?.kind === "layer" && steps[0] !== undefined
      ? argumentsOf(steps[0]).find((each) => each.node === node)
      : undefined;
  const isName = innermost === node.name;
  const word = innermost.kind === "name-expression" ? innermost.name : calleeName(innermost, nodes.at(-2));
  const signature = word === undefined ? undefined : builtinSignature(word, kindNamed(nodes));
  if (word !== undefined && signature !== undefined && !isName) {
    const definition = findActivation(word);
    const checked = bound?.checked;
    const isChosen =
      typeof checked === "object" && checked !== null && "kind" in checked && checked.kind === "activation";
    const presets = Object.fromEntries(
      definition?.parameters.map(({ name, default: preset }) => [name, preset ?? null]) ?? [],
    );
    const needsArguments = definition?.parameters.some(({ default: preset }) => preset === undefined) === true;
    const formula =
      isChosen && checked.definition === definition
        ? checked.definition.formula(checked.args)
        : definition === undefined || needsArguments
          ? undefined
          : definition.formula(presets);
    const { label } = signatureLabel(signature);
    return {
      span: innermost.span,
      markdown: paragraphs(
        codeBlock(`(${signature.kind}) ${signature.parameters.length === 0 ? signature.name : label}`),
        signature.doc,
        formula === undefined ? undefined : inlineCode(formula),
      ),
    };
  }
  const parameter = parameterOf(nodes, at, bound);
  if (parameter === undefined) return undefined;
  const text = source.text.slice(node.value.span.start, node.value.span.end);
  const value = bound?.value === undefined || bound.value.kind === "unknown" ? undefined : writeValue(bound.value);
  const worth = value === undefined || value === text ? undefined : `${inlineCode(text)} is ${inlineCode(value)}`;
  const span = isName ? innermost.span : node.value.span;
  return { span, markdown: paragraphs(describeParameter(parameter), worth) };
}

/** What is named where nodes of a `compile` clause stand within one another: losses and metrics have names in common. */
function kindNamed(nodes: readonly SyntaxNode[]) {
  const at = nodes.findIndex(({ kind }) => kind === "compile");
  const [clause, argument] = nodes.slice(at, at + 2);
  if (clause?.kind !== "compile" || argument?.kind !== "argument") return undefined;
  return trainingKind(argument.name?.text ?? clause.arguments.indexOf(argument));
}

/** The name of a call whose callee an offset stands in. */
function calleeName(node: SyntaxNode, parent: SyntaxNode | undefined): string | undefined {
  return node.kind === "name" && parent?.kind === "call" && parent.callee === node ? node.text : undefined;
}

/** The parameter of an argument: of a layer or, within an expression, of an activation or an initializer. */
function parameterOf(nodes: readonly SyntaxNode[], at: number, bound: BoundArgument | undefined) {
  const owner = nodes[at - 1];
  const node = nodes[at];
  if (node?.kind !== "argument") return undefined;
  if (bound?.spec !== undefined && "type" in bound.spec) return ofSpec(bound.spec);
  const callee = owner?.kind === "call" || owner?.kind === "layer" ? owner.callee.text : undefined;
  const signature =
    owner?.kind === "compile"
      ? compileSignature()
      : callee === undefined
        ? undefined
        : builtinSignature(callee, kindNamed(nodes));
  const name = bound?.parameter ?? node.name?.text;
  const parameters = signature?.parameters ?? [];
  if (name !== undefined) return parameters.find((parameter) => parameter.name === name);
  const args = owner?.kind === "call" || owner?.kind === "compile" ? owner.arguments : [];
  return parameters[args.indexOf(node)];
}

type Keyworded = Extract<
  SyntaxNode,
  { kind: "import" | "let" | "dim" | "block" | "model" | "repeat" | "input" | "weights" | "labels" | "compile" }
>;

function isKeyworded(node: SyntaxNode): node is Keyworded {
  return Object.hasOwn(keywordDocs, node.kind);
}

/** What the keyword says that a declaration or a clause begins with. */
function keywordHover({ source, result }: Analysis, node: Keyworded | undefined, offset: number): Hover | undefined {
  if (node === undefined) return undefined;
  const start =
    node.kind === "repeat" ? source.text.indexOf("repeat", node.label?.span.end ?? node.span.start) : node.span.start;
  const end = start + node.kind.length;
  const known = keywordDocs[node.kind];
  if (known === undefined || offset < start || offset > end || !source.text.startsWith(node.kind, start))
    return undefined;
  const facts = node.kind === "compile" ? trainedFacts(node, result) : undefined;
  const markdown = paragraphs(codeBlock(known.form), known.doc, facts);
  return { span: { ...node.span, start, end }, markdown };
}

/** What a model trains with that clause, where all is right. */
function trainedFacts(clause: Keyworded, { models }: Analysis["result"]): string | undefined {
  const model = models.find(({ compile }) => compile?.span === clause.span);
  const kept = model === undefined ? undefined : countOptimizer(model);
  if (model === undefined || kept === undefined) return undefined;
  const { trainable, total } = countParameters(model);
  const count = trainable === total ? formatCount(trainable) : `${formatCount(trainable)} of ${formatCount(total)}`;
  return `It trains ${count} parameters; the optimizer keeps ${formatCount(kept)} numbers beside them.`;
}

/** Of a shape its elements, of labels their number. */
function listHover({ result }: Analysis, nodes: readonly SyntaxNode[]): Hover | undefined {
  const clause = nodes.findLast(({ kind }) => kind === "input" || kind === "labels");
  const model = nodes.find(({ kind }) => kind === "model");
  const checked = result.index.models.find(({ declaration }) => declaration === model);
  if (clause?.kind === "labels") {
    const { items } = clause.labels;
    const classes = checked?.outputShape?.at(-1);
    const as = classes === undefined ? "" : `; the last axis of the output has ${formatSize(classes)}`;
    return { span: clause.labels.span, markdown: `${items.length} labels${escapeMarkdown(as)}` };
  }
  if (clause?.kind === "input" && checked?.inputShape !== undefined) {
    const { inputShape } = checked;
    const markdown = `${inlineCode(formatShape(inputShape))}: ${formatSize(elementCount(inputShape))} elements a sample`;
    return { span: clause.shape.span, markdown };
  }
  return undefined;
}
