import type { CheckedLayer, CheckedStep } from "../../check/semantics/checked-step.ts";
import { counted } from "../../diagnostics/counted.ts";
import { formatShape } from "../../ir/shape.ts";
import { findLayer } from "../../layers/index.ts";
import type { LayerStatement } from "../../syntax/ast.ts";
import type { Analysis } from "../analysis.ts";
import { builtinSignature, signatureLabel } from "./call-signature.ts";
import { foldingFacts, layerFacts, layerFormulas, writeLayer } from "./describe-layer.ts";
import { foldingOf } from "./folded-layers.ts";
import { codeBlock, docComment, inlineCode, paragraphs } from "./markdown.ts";

/** Expansions of one statement that are told apart. */
const mostShapes = 6;

/** What is known of a layer statement, from all the times that it is expanded. */
export function describeStatement(
  statement: LayerStatement,
  steps: readonly CheckedStep[],
  analysis: Analysis,
): string {
  const layers = steps.filter((step): step is CheckedLayer => step.kind === "layer");
  const [first] = layers;
  const definition = first?.definition ?? findLayer(statement.callee.text);
  if (definition === undefined) return "";
  if (first === undefined) {
    const signature = builtinSignature(definition.className);
    const label = signature === undefined ? definition.className : signatureLabel(signature).label;
    return paragraphs(codeBlock(label), definition.doc, docComment(statement.doc));
  }
  const { definition: own, config } = first;
  const isComplete = own.parameters.every(({ name }) => Object.hasOwn(config, name));
  const head = isComplete ? writeLayer(first) : own.className;
  const formulas = isComplete ? layerFormulas(own, config) : [];
  return paragraphs(
    codeBlock(first.name === undefined ? head : `${nameOf(first)}: ${head}`),
    own.doc,
    formulas.map(inlineCode).join("  \n"),
    bullets([...layerFacts(first), ...foldingsOf(first, analysis)]),
    otherShapes(layers),
    docComment(statement.doc),
  );
}

function nameOf({ name = "" }: CheckedLayer): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

function foldingsOf(step: CheckedLayer, { result, weights }: Analysis): readonly string[] {
  const checked = result.index.models.find(({ steps }) => steps.includes(step));
  const model = checked?.model;
  if (model === undefined || step.name === undefined) return [];
  const folding = foldingOf(model, step.name, weights.get(model));
  return folding === undefined ? [] : foldingFacts(folding);
}

/** The shapes of the other expansions, where there are others. */
function otherShapes(all: readonly CheckedLayer[]): string | undefined {
  // A body that is checked by itself is no expansion, and its layers have no names.
  const layers = all.filter(({ name }) => name !== undefined);
  if (layers.length < 2) return undefined;
  const known = layers.flatMap(({ inputShape, outputShape }) =>
    inputShape === undefined || outputShape === undefined
      ? []
      : [`${formatShape(inputShape)} -> ${formatShape(outputShape)}`],
  );
  const shapes = [...new Set(known)];
  const times = `It is expanded ${counted(layers.length, "time")}`;
  if (shapes.length < 2) return `${times}.`;
  const more = shapes.length - mostShapes;
  const listed = shapes.slice(0, mostShapes).map(inlineCode).join(", ");
  return `${times}: ${listed}${more > 0 ? ` and ${more} more` : ""}.`;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}
