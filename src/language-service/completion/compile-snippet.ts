import type { CheckedStep } from "../../check/semantics/checked-step.ts";
import type { SemanticIndex } from "../../check/semantics/semantic-index.ts";
import type { ModelLayer } from "../../check/model.ts";
import { usualCompile } from "../../check/usual-compile.ts";
import type { ModelDeclaration } from "../../syntax/ast.ts";
import type { CompletionRequest } from "./request.ts";

/** A `compile` clause that fits what a model gives, as far as that is known while it is written. */
export function compileSnippet(declaration: ModelDeclaration | undefined, { analysis }: CompletionRequest): string {
  const { index } = analysis.result;
  const checked = index.models.find((model) => model.declaration === declaration);
  const layers = (checked?.steps ?? []).flatMap((step) => layerOf(step, index));
  const outputShape = layers.at(-1)?.outputShape ?? [];
  const clause = usualCompile({ layers, outputShape });
  return clause.replace(/optimizer=(\w+), loss=(\w+)/, "optimizer=${1:$1}, loss=${2:$2}");
}

/** A step as a layer of a model, where enough of it is known. */
function layerOf(step: CheckedStep, { models }: SemanticIndex): readonly ModelLayer[] {
  const { inputShape, outputShape } = step;
  if (inputShape === undefined || outputShape === undefined) return [];
  const base = { name: "", named: false, trainable: true, inputShape, outputShape, span: step.statement.span };
  if (step.kind === "layer") {
    const { definition, config, weights = [] } = step;
    return [{ ...base, kind: "layer", definition, config, weights }];
  }
  const model = step.kind === "nested" ? models.find((one) => one.declaration === step.declaration)?.model : undefined;
  return model === undefined ? [] : [{ ...base, kind: "nested", model }];
}
