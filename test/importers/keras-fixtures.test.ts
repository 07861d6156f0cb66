import { describe, expect, test } from "vitest";
import { makeSandbox } from "../cli/sandbox.ts";
import { fixtureBytes, importFixture, layerc, missingNames, readCases, toFloat32, worstError } from "./support.ts";

const tolerance = 2e-6;

/** The formats of a case that hold a whole model, with the ending a user's file has. */
const wholeModels = ["keras", "legacy_h5"] as const;

describe.each(["models", "activation_layers"] as const)("%s", (folder) => {
  for (const recorded of readCases(folder)) {
    const missing = missingNames(recorded.keras_config);
    for (const format of wholeModels) {
      const file = recorded.files[format];
      if (file === undefined) continue;
      if (missing.length > 0) {
        test(`${recorded.path} as ${file} names what Layers does not have: ${missing.join(", ")}`, async () => {
          const sandbox = makeSandbox({ [file]: fixtureBytes(`${recorded.path}/${file}`) });
          const { exitCode, stderr } = await layerc(sandbox, "import", file, "--name", "Net");
          expect(exitCode).toBe(1);
          for (const name of missing) expect(stderr).toContain(name);
          expect(Object.keys(sandbox.contents())).toEqual([file]);
        });
        continue;
      }
      test(`${recorded.path} as ${file} computes what Keras does`, async () => {
        const { forwardBatch } = await importFixture(`${recorded.path}/${file}`);
        expect(worstError(forwardBatch(toFloat32(recorded.inputs)), recorded.outputs_float64)).toBeLessThanOrEqual(
          tolerance,
        );
      });
    }
    const { keras, legacy_h5: h5 } = recorded.files;
    if (missing.length > 0 || keras === undefined || h5 === undefined) continue;
    test(`${recorded.path} is the same model from both formats, and imports as it was built`, async () => {
      const fromKeras = await importFixture(`${recorded.path}/${keras}`);
      const fromH5 = await importFixture(`${recorded.path}/${h5}`);
      expect(fromH5.source).toBe(fromKeras.source);
      expect(fromH5.weights).toEqual(fromKeras.weights);
    });
  }
});
