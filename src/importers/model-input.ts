import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { nowhere } from "../diagnostics/nowhere.ts";
import { shorten } from "../files/shorten.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { dimSize, isStatic, staticSize, type Size } from "../ir/size.ts";
import type { KerasConfig } from "../keras/keras-config.ts";
import { builtins } from "../check/words.ts";
import type { BodyItem, Expression } from "../syntax/ast.ts";
import { importInputShape, importNoInput } from "./diagnostics.ts";
import { formulaExpression } from "./formula-expression.ts";
import { inputAxes } from "./input-shape.ts";
import { dimNames } from "./names.ts";
import { unevaluated, type ScriptOrigin } from "./script-origin.ts";
import { listNode, numberNode, wordNode } from "./syntax.ts";
import { titleOf } from "./title-of.ts";

interface Context {
  readonly span: Span;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly rootName: string;
  readonly script: ScriptOrigin | undefined;
}

/** The shape that a whole model takes; undefined after reporting that it says none, or none that Layers has. */
export function rootInput(root: KerasConfig, { span, report, rootName, script }: Context): Shape | undefined {
  const stated = script?.input;
  if (stated?.converted.why !== undefined) {
    report(unevaluated(stated, stated.converted.why, `the input of ${titleOf(root)}`));
    return undefined;
  }
  const found = inputAxes(root);
  const place = stated?.span ?? span;
  switch (found.kind) {
    case "unknown":
      if ((root.layers ?? []).length > 0 && script?.isPart !== true) {
        report(importNoInput(place, { model: titleOf(root), isScript: script !== undefined }));
      }
      return undefined;
    case "wrong": {
      const text = shorten(JSON.stringify(found.found), 80);
      const isSize = script !== undefined && typeof found.found === "number";
      const help = isSize ? `a shape is a tuple: write (${text},)` : undefined;
      report(importInputShape(place, { model: titleOf(root), found: text, problem: found.problem, help }));
      return undefined;
    }
    case "known": {
      const isTaken = (dim: string): boolean =>
        builtins.has(dim) || dim === rootName || (script?.constants.has(dim) ?? false);
      const names = dimNames(found.axes, isTaken);
      return found.axes.map((axis, at) => (axis === null ? dimSize(names[at] as string) : staticSize(axis)));
    }
  }
}

/** The clause of an input shape, with its sizes as a script writes them. */
export function inputClause(shape: Shape, model: KerasConfig, { span, report, script }: Context): BodyItem {
  const unclear = shape.find((size) => !isStatic(size) && (size.factor !== 1 || size.dims.length !== 1));
  if (unclear !== undefined) {
    const problem = "an input clause can't express a product of run-time sizes";
    report(importInputShape(span, { model: titleOf(model), found: formatShape(shape), problem }));
  }
  // Without the batch axis.
  const written = script?.input?.converted.written.items?.slice(1) ?? [];
  const axes = shape.map((size, at): Expression => {
    const formula = isStatic(size) ? written[at]?.formula : undefined;
    return formula?.value === size.factor && script !== undefined
      ? formulaExpression(formula, script.constants)
      : axisNode(size);
  });
  return { kind: "input", shape: listNode(axes), span: nowhere };
}

function axisNode(size: Size): ReturnType<typeof numberNode> {
  const [dim] = size.dims;
  return dim === undefined ? numberNode(size.factor) : wordNode(dim);
}
