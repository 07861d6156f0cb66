import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../../ir/shape.ts";
import { cyclePath } from "./expressions.ts";

export const emptyBody = defineDiagnostic(
  "empty-body",
  "error",
  "A block or a repeat has nothing in it.",
  (at: { kind: "block" | "repeat" }) => ({
    message: `The body of this ${at.kind} is empty; it needs at least one layer`,
  }),
);

export const misplacedClause = defineDiagnostic(
  "misplaced-clause",
  "error",
  "An input, weights or labels clause stands in a block or a repeat.",
  (at: { kind: "input" | "weights" | "labels"; inside: "block" | "repeat" }) => ({
    message: `'${at.kind}' belongs to a model, found inside of a ${at.inside}`,
  }),
);

export const shapeAssertionFailed = defineDiagnostic(
  "shape-assertion-failed",
  "error",
  "The shape written behind -> is not the shape that arrives there.",
  (at: { subject: string; actual: Shape; asserted: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.subject} gives ${formatShape(at.actual)}, but ${formatShape(at.asserted)} is asserted`,
    label: `the shape is ${formatShape(at.actual)}`,
    related: at.related,
  }),
);

export const recursiveUse = defineDiagnostic(
  "recursive-use",
  "error",
  "A block or a model uses itself, directly or through others.",
  (at: { kind: "block" | "model"; cycle: readonly { readonly name: string; readonly span: Span }[] }) => ({
    message: `The ${at.kind} '${at.cycle[0]?.name}' uses itself: ${cyclePath(at.cycle)}`,
    related: at.cycle.slice(0, 5).map(({ name, span }) => ({ span, message: `'${name}' is used here` })),
  }),
);

export const nestedInputMismatch = defineDiagnostic(
  "nested-input-mismatch",
  "error",
  "A model used as a layer gets another shape than its input.",
  (at: { title: string; expected: Shape; found: Shape; related: readonly RelatedPlace[] }) => ({
    message: `${at.title} takes ${formatShape(at.expected)}, found ${formatShape(at.found)}`,
    related: at.related,
  }),
);
