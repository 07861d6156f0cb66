import { definitionAt } from "../../check/semantics/definition-at.ts";
import type { Definition } from "../../check/semantics/definition.ts";
import { counted } from "../../diagnostics/counted.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { formatCount } from "../../diagnostics/format-count.ts";
import { formatShape } from "../../ir/shape.ts";
import { formatMemorySize } from "../../summary/memory-size.ts";
import type { Declaration } from "../../syntax/ast.ts";
import type { Analysis } from "../analysis.ts";
import { blockSignature, signatureLabel } from "./call-signature.ts";
import { writeValue } from "./describe-value.ts";
import { codeBlock, docComment, inlineCode, paragraphs } from "./markdown.ts";

/** What is known of a name, as Markdown: its declaration, what it is worth, its doc comment. */
function describeDefinition(definition: Definition, analysis: Analysis): string {
  switch (definition.kind) {
    case "let":
    case "dim":
    case "block":
    case "model":
      return describeDeclaration(definition.node, analysis);
    case "parameter": {
      const { node, block } = definition;
      const head = textOf(node.span, analysis);
      return paragraphs(codeBlock(`(parameter) ${head}`), `Of the block ${inlineCode(block.name.text)}.`);
    }
    case "label": {
      const { node } = definition;
      const callee = node.kind === "layer" ? node.callee.text : "repeat";
      return paragraphs(
        codeBlock(`${textOf(definition.span, analysis)}: ${callee}`),
        "The name of a layer, by which weight files and the generated module know it.",
        docComment(node.doc),
      );
    }
    case "import":
      return paragraphs(
        codeBlock(`import { ${definition.name} } from ${JSON.stringify(definition.node.path.value)}`),
        "This file, or the name in it, can't be found.",
      );
  }
}

/** What is known of a declaration, whichever file it stands in. */
export function describeDeclaration(node: Declaration, analysis: Analysis): string {
  const { text: name } = node.name;
  const doc = docComment(node.doc);
  switch (node.kind) {
    case "let": {
      const value = analysis.result.index.values.get(node);
      const written = textOf(node.value.span, analysis).replaceAll(/\s+/g, " ");
      const worth = value === undefined || value.kind === "unknown" ? undefined : writeValue(value);
      const head = `let ${name} = ${written}`;
      return paragraphs(codeBlock(worth === undefined || worth === written ? head : `${head}  // ${worth}`), doc);
    }
    case "dim":
      return paragraphs(codeBlock(`dim ${name}`), "A size that is known only at run time.", doc);
    case "block": {
      const { label } = signatureLabel(blockSignature(node, (span) => textOf(span, analysis)));
      return paragraphs(codeBlock(`block ${label}`), doc);
    }
    case "model": {
      const checked = analysis.result.index.models.find(({ declaration }) => declaration === node);
      const { inputShape, outputShape, layerCount, parameterCount } = checked ?? {};
      const shapes = [inputShape, outputShape].map((shape) => (shape === undefined ? "?" : formatShape(shape)));
      const facts =
        layerCount === undefined || parameterCount === undefined
          ? undefined
          : `${counted(layerCount, "layer")}, ${formatCount(parameterCount)} parameters, ${formatMemorySize(parameterCount * 4)}`;
      return paragraphs(codeBlock(`model ${name}  // ${shapes.join(" -> ")}`), facts, doc);
    }
  }
}

/** The definition at an offset, and what is said of it. */
export function definitionHover(
  analysis: Analysis,
  offset: number,
): { readonly span: Span; readonly markdown: string } | undefined {
  const { result, source } = analysis;
  const definition = definitionAt(result.index, source.path, offset);
  if (definition === undefined) return undefined;
  const places = [definition.span, ...definition.uses.map(({ span }) => span)];
  const span = places.find(({ file, start, end }) => file === source.path && start <= offset && offset <= end);
  return span === undefined ? undefined : { span, markdown: describeDefinition(definition, analysis) };
}

function textOf({ file, start, end }: Span, { source, program }: Analysis): string {
  const { text } = file === source.path ? source : (program.files.get(file)?.source ?? source);
  return text.slice(start, end);
}
