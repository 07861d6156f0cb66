import { describe, expect, test } from "vitest";
import { colors, type Color } from "../../src/diagram/colors.ts";

/** The contrast ratio of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = (color.match(/[\da-f]{2}/g) ?? []).map((hex) => {
    const value = Number.parseInt(hex, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const grounds: readonly Color[] = ["background", "plain-fill", "weights-fill", "frame-fill"];

describe.each(["light", "dark"] as const)("in the %s scheme", (scheme) => {
  test.each(["text", "quiet-text"] as const)("%s can be read on everything", (text) => {
    for (const ground of grounds) {
      expect(contrast(colors[text][scheme], colors[ground][scheme]), ground).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(["line", "weights-line", "active-line"] as const)("%s stands out from what is around it", (line) => {
    for (const ground of ["background", "frame-fill"] as const) {
      expect(contrast(colors[line][scheme], colors[ground][scheme]), ground).toBeGreaterThanOrEqual(3);
    }
  });
});

test("the ratio is WCAG's", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
