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
  () => ({
    meaning:
      "A block or a repeat stands for the layers in its braces, so there must be at least one. Whether a repeat runs is said by its count: repeat 0 is nothing.",
    example: {
      kind: "source",
      source: "block Hidden() {} model M { input [4] Hidden() Dense(3) }",
      mended: "block Hidden() { Dense(8) } model M { input [4] Hidden() Dense(3) }",
    },
  }),
);

export const misplacedClause = defineDiagnostic(
  "misplaced-clause",
  "error",
  "An input, weights, labels or compile clause stands in a block or a repeat.",
  (at: { kind: "input" | "weights" | "labels" | "compile"; inside: "block" | "repeat" }) => ({
    message: `'${at.kind}' belongs to a model, found inside of a ${at.inside}`,
    help:
      at.kind === "input"
        ? `leave it out: a ${at.inside} takes the shape that arrives`
        : `write it in the body of the model, not of the ${at.inside}`,
  }),
  () => ({
    meaning:
      "A model has one input, one weights file, one list of labels and one way to be trained, so their clauses stand directly in the model. A block may be used several times, and a repeat runs several times.",
    example: {
      kind: "source",
      source: 'model M { input [4] repeat 2 { Dense(1) labels ["cat"] } }',
      mended: 'model M { input [4] repeat 2 { Dense(1) } labels ["cat"] }',
    },
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
  () => ({
    meaning:
      "'-> shape' writes down which shape a layer gives, and the compiler holds you to it. Either the assertion is out of date, or a layer before it does not do what was meant.",
    example: {
      kind: "source",
      source: "model M { input [4] Dense(3) -> [4] }",
      mended: "model M { input [4] Dense(3) -> [3] }",
    },
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
  () => ({
    meaning:
      "Blocks and models are expanded where they are used. One that uses itself, directly or through others, would never come to an end.",
    example: {
      kind: "source",
      source: "block Tower() { Dense(4) Tower() } model M { input [4] Tower() }",
      mended: "block Floor() { Dense(4) } model M { input [4] repeat 3 { Floor() } }",
    },
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
  () => ({
    meaning:
      "A model that is used as a layer keeps the input that it declares, and the shape that arrives must be that one, dims included. A block has no input of its own and takes any shape.",
    example: {
      kind: "source",
      source: "model Encoder { input [3] Dense(2) } model M { input [4] Encoder }",
      mended: "model Encoder { input [4] Dense(2) } model M { input [4] Encoder }",
    },
  }),
);
