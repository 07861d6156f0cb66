import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { fixtureBytes, readCases, toFloat32, worstError } from "../../importers/support.ts";
import { bundle, bundlers, runBundle } from "./bundle.ts";
import { createProject, type Project } from "./project.ts";

/** Relative to the larger of 1 and the value, as README.md promises. */
const tolerance = 2e-6;

const recorded = readCases("models").find(({ path }) => path === "models/mixed_activations")!;

/** Prints what the model makes of the samples that Keras was given, loaded in each way there is. */
const program = `import net, { mlp } from "./mlp.keras";
import { mlp as older } from "./older/mlp.h5";
import { mlp as built } from "./built/mlp.js";
import { mlp as imported } from "./imported/mlp.layers";

const samples = ${JSON.stringify([...toFloat32(recorded.inputs)])};
console.log(JSON.stringify([mlp, net, older, built, imported].map((model) => [...model.forwardBatch(samples)])));
`;

/** Files that Keras has saved. */
const files = {
  "mlp.keras": fixtureBytes(`${recorded.path}/model.keras`),
  "older/mlp.h5": fixtureBytes(`${recorded.path}/model.h5`),
  "main.js": program,
};

function layerc({ folder }: Project, ...argv: readonly string[]): string {
  return execFileSync(process.execPath, ["node_modules/layerc/dist/cli.js", ...argv], {
    cwd: folder,
    encoding: "utf8",
  });
}

describe.each(bundlers)("%s", (bundler) => {
  test("bundles a file that Keras has saved, and what build and import make of it", async () => {
    const project = createProject(files);
    layerc(project, "build", "mlp.keras", "--emit", "js", "--out-dir", "built");
    layerc(project, "import", "mlp.keras", "--out-dir", "imported");
    expect(await bundle(project, bundler)).toEqual({ ok: true, text: expect.not.stringMatching(/error|warning/i) });
    const outputs = JSON.parse(await runBundle(project)) as readonly (readonly number[])[];
    expect(outputs.length).toBe(5);
    for (const one of outputs) {
      expect(worstError(Float32Array.from(one), recorded.outputs_float64)).toBeLessThanOrEqual(tolerance);
    }
  });
});
