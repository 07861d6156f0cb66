import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { modelSvg } from "../../src/diagram/model-svg.ts";
import { exampleModels } from "../diagram/check-models.ts";

const drawing = fileURLToPath(new URL("../../examples/digits.svg", import.meta.url));

// `npm run generate` writes it.
test("the drawing that the pages show is that of the model", async () => {
  await expect(modelSvg(await exampleModels("digits"))).toMatchFileSnapshot(drawing);
});
