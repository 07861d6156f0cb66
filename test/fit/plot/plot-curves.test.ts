import { DOMParser } from "@xmldom/xmldom";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isCurves, plotCurves } from "../../../src/fit/plot/plot-curves.ts";
import { ticks } from "../../../src/fit/plot/ticks.ts";

/** The numbers of all paths and circles of a look, and of the texts. */
function drawn(svg: string, look: string): readonly number[] {
  const classes = [`class="layerc-${look}"`, `class="layerc-${look}-dot"`];
  const lines = svg.split("\n").filter((line) => classes.some((one) => line.includes(one)) && !line.includes("h24"));
  return lines.flatMap((line) =>
    [...line.replaceAll(/class="[^"]*"/g, "").matchAll(/-?[\d.]+/g)].map(([number]) => Number(number)),
  );
}

test("a frame for each result, with training and validation, and the epoch that is kept", () => {
  const history = [1, 2, 3].map((at) => ({ accuracy: at / 4, loss: 1 / at, val_accuracy: at / 5, val_loss: 2 / at }));
  const svg = plotCurves(history, "Iris & <co>", 2);
  expect([...svg.matchAll(/data-result="(\w+)"/g)].map(([, name]) => name)).toEqual(["loss", "accuracy"]);
  expect(svg).toContain("Training of Iris &amp; &lt;co&gt;");
  expect(svg).toContain("3 epochs; the last one: accuracy 0.7500, loss 0.3333, val_accuracy 0.6000, val_loss 0.6667");
  // The lowest loss is lowest in the drawing, whose y grows downwards.
  const [, first = 0, , , , last = 0] = drawn(svg.slice(0, svg.indexOf('data-result="accuracy"')), "training");
  expect(last).toBeGreaterThan(first);
  expect(svg.match(/epoch 2, the best/g)?.length).toBe(2);
  expect(isCurves(new TextEncoder().encode(svg))).toBe(true);
  expect(isCurves(new TextEncoder().encode("<svg/>"))).toBe(false);
});

test("any numbers give a drawing of well-formed XML, with everything inside of it", () => {
  const value = fc.oneof(fc.double(), fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(0.5));
  const epoch = fc.record({ loss: value, val_loss: value, accuracy: value });
  fc.assert(
    fc.property(fc.array(epoch, { minLength: 1, maxLength: 1500 }), fc.boolean(), (history, isMarked) => {
      const svg = plotCurves(history, "M", isMarked ? history.length : undefined);
      const errors: string[] = [];
      new DOMParser({ onError: (_, message) => void errors.push(message) }).parseFromString(svg, "text/xml");
      expect(errors).toEqual([]);
      expect(svg.replace(/<desc>.*<\/desc>/, "")).not.toMatch(/NaN|Infinity/);
      const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
      for (const look of ["training", "validation"]) {
        for (const number of drawn(svg, look)) expect(number >= 0 && number <= Math.max(640, height)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test("ticks are round numbers around a range", () => {
  expect(ticks(0.9255, 1.143, 4)).toEqual([0.9, 1, 1.1, 1.2]);
  expect(ticks(0, 1, 4)).toEqual([0, 0.5, 1]);
  expect(ticks(-3, 17, 4)).toEqual([-5, 0, 5, 10, 15, 20]);
  expect(ticks(1e-9, 3e-9, 4)).toEqual([1e-9, 1.5e-9, 2e-9, 2.5e-9, 3e-9]);
});
