import type { Model } from "../check/model.ts";
import { describeDiagram } from "./describe-diagram.ts";
import { layoutModels } from "./layout-models.ts";
import { modelDiagram, type DiagramOptions } from "./model-diagram.ts";
import { printSvg } from "./print-svg.ts";

/**
 * A drawing of models as SVG, one below the other: layers as boxes, wider the more they give, shapes on the arrows between
 * them, nested models as frames. The same models give the same bytes. It can stand by itself and inside a page; its layers
 * carry their names and their places in the source as `data-` attributes.
 */
export function modelSvg(models: Model | readonly Model[], options: DiagramOptions = {}): string {
  const list: readonly Model[] = "kind" in models ? [models] : models;
  const diagrams = list.map((model) => modelDiagram(model, options));
  const title = diagrams.map(({ name }) => name).join(", ");
  return printSvg(layoutModels(diagrams), title, diagrams.map(describeDiagram).join("\n"));
}
