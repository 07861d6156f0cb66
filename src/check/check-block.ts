import { layerArguments } from "../layers/arguments/layer-arguments.ts";
import type { Value } from "../layers/arguments/value.ts";
import type { CheckContext } from "./context.ts";
import { expandBody } from "./expand.ts";
import { startExpansion } from "./expansion.ts";
import { nameLayers } from "./name-layers.ts";
import { emptyBody } from "./rules/bodies.ts";
import type { BlockEntity } from "./scope.ts";

/**
 * Checks what can be said of a block by itself, used or not: its parameters are unknown values, no shape is followed, and
 * blocks it calls are not entered.
 */
export function checkBlock({ declaration, scope }: BlockEntity, context: CheckContext): void {
  const { name, body, span, isBodyLost = false } = declaration;
  const { damage, report } = context;
  if (body.length === 0 && !isBodyLost && !damage.between(span.file, span.start, span.end)) {
    report(emptyBody(name.span, { kind: "block" }));
  }
  const parameters = new Map<string, Value>();
  for (const { name: parameter } of declaration.parameters) {
    parameters.set(parameter.text, { kind: "unknown", span: parameter.span, literal: false });
  }
  const expansion = startExpansion(context, report, true);
  const start = declaration.parameters.at(-1)?.span.end ?? name.span.end;
  const place = { scope: { file: scope, parameters }, trace: undefined, depth: 0, inside: "block" } as const;
  expandBody(body, { start, end: span.end }, place, expansion);
  context.blocks.set(declaration, expansion.steps);
  for (const step of expansion.steps) {
    if (step.kind !== "layer") continue;
    const { definition, args } = step;
    layerArguments(definition, args, { callee: definition.className, span: step.span, related: [], report });
  }
  nameLayers(
    expansion.steps.filter((step) => step.kind === "layer" || step.kind === "nested"),
    report,
  );
}
