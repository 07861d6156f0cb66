import fc from "fast-check";
import { expect, test } from "vitest";
import type { PanelLayout } from "../../src/ir/loops.ts";
import { packedSize, packPanels, panelStride } from "../../src/ir/panels.ts";
import { identifier, render } from "../../src/targets/typescript/code.ts";
import type { SupportFunction } from "../../src/targets/typescript/support-function.ts";
import { supportFunctions } from "../../src/targets/typescript/support.ts";
import { runModule } from "./support/run-module.ts";

const layouts = fc.constantFrom<PanelLayout>(
  { kind: "panels", width: 8, lanes: 1 },
  { kind: "panels", width: 8, lanes: 4 },
  { kind: "panels", width: 4, lanes: 1 },
  { kind: "panels", width: 16, lanes: 8 },
);

/** The function uses no other. */
function unused(): never {
  throw new Error("packPanels stands alone");
}

type Pack = (kernel: Float32Array, inputs: number, units: number, width: number, lanes: number) => Float32Array;

test("packing moves each weight where its layout says, pads with zeros, and does so at run time too", async () => {
  const packing = supportFunctions([]).find(({ name }) => name === "packPanels") as SupportFunction;
  const text = render(packing.print(identifier("packPanels"), unused), "js");
  const atRunTime = (await runModule(`export ${text.slice(text.indexOf("function"))}`))["packPanels"] as Pack;
  const size = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(layouts, size, size, (layout, inputs, units) => {
      const kernel = Float32Array.from({ length: inputs * units }, (_, at) => at + 1);
      const packed = packPanels(layout, kernel, inputs, units);
      expect(packed).toHaveLength(packedSize(layout, inputs, units));
      const rest = units % layout.width;
      expect(packed.length).toBe(inputs * (units - rest + Math.ceil(rest / layout.lanes) * layout.lanes));
      let moved = 0;
      for (let unit = 0; unit < units; unit++) {
        const start = unit - (unit % layout.width);
        for (let k = 0; k < inputs; k++) {
          const at = start * inputs + k * panelStride(layout, units, start) + (unit - start);
          expect(packed[at]).toBe(kernel[k * units + unit]);
          moved++;
        }
      }
      expect(packed.filter((value) => value !== 0)).toHaveLength(moved);
      expect(atRunTime(kernel, inputs, units, layout.width, layout.lanes)).toEqual(packed);
    }),
  );
});

test("arrays of float64 stay float64", () => {
  const layout: PanelLayout = { kind: "panels", width: 8, lanes: 4 };
  expect(packPanels(layout, Float64Array.of(1, 2 / 3), 1, 2)).toEqual(Float64Array.of(1, 2 / 3, 0, 0));
});
