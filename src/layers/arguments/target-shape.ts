import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { ArgumentType } from "../definition.ts";
import { dimOr, listOf } from "./basic.ts";
import { integer } from "./numbers.ts";
import { valuePlaces } from "./value.ts";

export const targetAxis = defineDiagnostic(
  "target-axis",
  "error",
  "An axis of a target shape is zero or negative, other than -1.",
  (at: { found: number; related: readonly RelatedPlace[] }) => ({
    message: `An axis of a target shape must be a positive integer, a dim or -1, found ${at.found}`,
    related: at.related,
  }),
  () => ({
    meaning: "The axes of a target shape are positive numbers or dims; one may be -1, which takes the rest.",
    example: {
      kind: "source",
      source: "model M { input [6] Reshape([6, 0]) }",
      mended: "model M { input [6] Reshape([6, 1]) }",
    },
  }),
);

export const targetTwoUnknown = defineDiagnostic(
  "target-two-unknown",
  "error",
  "More than one axis of a target shape is -1.",
  (at: { related: readonly RelatedPlace[] }) => ({
    message: "Only one axis of a target shape can be -1, found more",
    related: at.related,
  }),
  () => ({
    meaning: "The axis -1 is computed from the other axes, which must be known for that. So only one can be -1.",
    example: {
      kind: "source",
      source: "model M { input [6] Reshape([-1, -1]) }",
      mended: "model M { input [6] Reshape([-1, 2]) }",
    },
  }),
);

const axes = listOf(dimOr(integer), "a list of sizes");

/** The target of Reshape: sizes and dims (by name), at most one of them -1. */
export const targetShape: ArgumentType<readonly (number | string)[]> = {
  expected: axes.expected,
  convert(value, site) {
    const converted = axes.convert(value, site);
    if (converted === undefined || value.kind !== "list") return undefined;
    let valid = true;
    for (const [index, axis] of converted.entries()) {
      if (typeof axis !== "number" || axis > 0 || axis === -1) continue;
      const { span, related } = valuePlaces(value.items[index] ?? value, site);
      site.report(targetAxis(span, { found: axis, related }));
      valid = false;
    }
    if (converted.filter((axis) => axis === -1).length > 1) {
      const { span, related } = valuePlaces(value, site);
      site.report(targetTwoUnknown(span, { related }));
      valid = false;
    }
    return valid ? converted : undefined;
  },
};
