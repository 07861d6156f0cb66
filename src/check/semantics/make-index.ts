import type { Program } from "../../load/program.ts";
import type { CheckContext } from "../context.ts";
import { layerArguments } from "../../layers/arguments/layer-arguments.ts";
import type { ExpandedStep } from "../step.ts";
import type { CheckedStep } from "./checked-step.ts";
import type { Definition } from "./definition.ts";
import { findDefinitions } from "./find-definitions.ts";
import type { CheckedBody, SemanticIndex } from "./semantic-index.ts";

/**
 * The index of a program that has been checked. What takes time is made when it is first asked for, so that a check that
 * nobody asks pays nothing for it.
 */
export function makeIndex(program: Program, context: CheckContext): SemanticIndex {
  const { path } = program.entry.source;
  const models = [...context.models.values()];
  const own = models.filter(({ declaration }) => declaration.name.span.file === path);
  const others = models.filter(({ declaration }) => declaration.name.span.file !== path);
  let bodies: readonly CheckedBody[] | undefined;
  let definitions: readonly Definition[] | undefined;
  return {
    path,
    models: [...own.toSorted((a, b) => a.declaration.span.start - b.declaration.span.start), ...others],
    get bodies() {
      return (bodies ??= [...context.blocks, ...context.idle].map(([node, steps]) => ({
        node,
        steps: steps.flatMap(withoutShapes),
      })));
    },
    values: context.lets,
    get definitions() {
      return (definitions ??= findDefinitions(program, context.scopes));
    },
  };
}

const noShapes = { inputShape: undefined, outputShape: undefined, isLikely: false } as const;

/** What is known of a step whose shapes are not. */
function withoutShapes(step: ExpandedStep): readonly CheckedStep[] {
  switch (step.kind) {
    case "layer": {
      const { statement, definition, args, span, trace } = step;
      const site = { callee: definition.className, span, related: [], report: () => undefined };
      const { values: config, trainable } = layerArguments(definition, args, site);
      const name = undefined;
      const known = { name, definition, args, config, trainable, weights: undefined };
      return [{ kind: "layer", statement, trace, ...known, ...noShapes }];
    }
    case "nested": {
      const { statement, trace, entity, args, trainable } = step;
      const known = { name: undefined, declaration: entity.declaration, args, trainable };
      return [{ kind: "nested", statement, trace, ...known, ...noShapes }];
    }
    case "enter":
      return [{ ...step.call, trace: step.trace, ...noShapes }];
    case "gap":
      return step.cause === undefined ? [] : [{ kind: "faulty", ...step.cause, ...noShapes }];
    case "assertion":
    case "leave":
      return [];
  }
}
