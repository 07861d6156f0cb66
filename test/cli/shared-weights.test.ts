import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { fixtureBytes, layerc } from "../importers/support.ts";
import { makeSandbox } from "./sandbox.ts";

/** An import, and a build whose weights are in a file. */
async function importAndBuild(...options: readonly string[]) {
  const sandbox = makeSandbox({ "net.keras": fixtureBytes("models/iris_4_16_3/model.keras") });
  expect(await layerc(sandbox, "import", "net.keras", "--name", "Net")).toMatchObject({ exitCode: 0 });
  const build = () => layerc(sandbox, "build", "net.layers", "--weights", "file", "--emit", "mjs", ...options);
  return {
    sandbox,
    build,
    files: () => Object.keys(sandbox.contents()).filter((file) => !file.includes("node_modules")),
  };
}

describe("a build with --weights file, after an import", () => {
  test("writes no second weight file where the first has what the module reads", async () => {
    const { sandbox, build, files } = await importAndBuild();
    const { exitCode, stdout } = await build();
    expect(exitCode).toBe(0);
    expect(stdout).toContain("net.safetensors has the weights of Net as its module reads them");
    expect(files()).toEqual(["net.d.mts", "net.keras", "net.layers", "net.mjs", "net.safetensors"]);

    const at = (file: string) => path.join(sandbox.folder, file);
    const module = (await import(/* @vite-ignore */ pathToFileURL(at("net.mjs")).href)) as {
      readNetWeights(bytes: Uint8Array): object;
      createNet(weights: object): { forward(input: readonly number[]): Float32Array };
    };
    const net = module.createNet(module.readNetWeights(fs.readFileSync(at("net.safetensors"))));
    expect(net.forward([5.1, 3.5, 1.4, 0.2]).reduce((sum, value) => sum + value)).toBeCloseTo(1);
  });

  test("says the same again, with nothing to do, and with --check", async () => {
    const { sandbox, build } = await importAndBuild();
    await build();
    const again = await build();
    expect(again.stdout).toContain("net.safetensors has the weights of Net");
    const check = ["build", "net.layers", "--weights", "file", "--emit", "mjs", "--check"];
    expect(await layerc(sandbox, ...check)).toMatchObject({ exitCode: 0 });
  });

  test("lists what it writes", async () => {
    const { build, sandbox } = await importAndBuild();
    const { stdout } = await layerc(sandbox, "build", "net.layers", "--weights", "file", "--list-outputs");
    expect(stdout).toBe("net.ts\n");
    expect((await build()).exitCode).toBe(0);
  });

  test.each<[string, readonly string[]]>([
    ["in another folder", ["--out-dir", "out"]],
    ["with rounded weights", ["--precision", "bfloat16"]],
  ])("%s writes its own", async (_, options) => {
    const { build, files } = await importAndBuild(...options);
    expect(await build()).toMatchObject({ exitCode: 0 });
    expect(files().filter((file) => file.endsWith(".safetensors"))).toHaveLength(2);
  });

  test("keeps a file of its own beside one that no import wrote, which a training may write again", async () => {
    const { sandbox, build, files } = await importAndBuild();
    const file = path.join(sandbox.folder, "net.safetensors");
    const text = fs.readFileSync(file, "latin1").replace("layerc-import", "another-tool!");
    fs.writeFileSync(file, text, "latin1");
    expect(await build()).toMatchObject({ exitCode: 0 });
    expect(files()).toContain("net.weights.safetensors");
  });

  test("and the trained file itself, in one build, are two sources of one module", async () => {
    const { sandbox } = await importAndBuild();
    const { exitCode, stderr } = await layerc(sandbox, "build", "net.keras", "net.layers");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("'net.keras' and 'net.layers' would both be written to 'net.ts'");
    expect(stderr).toContain("build one of them: a module has the name of its file");
  });

  test("names the file of an earlier build that nothing needs any more", async () => {
    const { sandbox, build } = await importAndBuild();
    await layerc(sandbox, "build", "net.layers", "--weights", "file", "--emit", "mjs", "--out-dir", "out");
    fs.renameSync(
      path.join(sandbox.folder, "out/net.weights.safetensors"),
      path.join(sandbox.folder, "net.weights.safetensors"),
    );
    const { stdout } = await build();
    expect(stdout).toContain("net.weights.safetensors is not needed any more: net.safetensors has the weights");
  });
});
