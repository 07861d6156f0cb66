import { describe, expect, test } from "vitest";
import { irStages, passNames } from "../../src/index.ts";
import { makeSandbox } from "./sandbox.ts";

const files = {
  "net.layers": "model Net { input [4]  hidden: Dense(3, tanh)  Dense(2, softmax) }",
  "other.layers": "model First { input [1]  ReLU() }  model Second { input [1]  Softmax() }",
  "wrong.layers": "model Wrong { input [4]  Dense() }",
};

describe("--emit-ir", () => {
  test.each(
    irStages.flatMap(({ name }) => [name, `${name}:none`, ...passNames(name).map((pass) => `${name}:${pass}`)]),
  )("%s prints every function headed by its layer, and writes no file", async (stage) => {
    const sandbox = makeSandbox(files);
    const { exitCode, stdout, stderr } = await sandbox.run(["build", "net.layers", "--emit-ir", stage]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("// hidden: Dense [4] -> [3], tanh\n");
    expect(stdout).toContain("// dense: Dense [3] -> [2], softmax\n");
    expect(sandbox.contents()).toEqual(files);
  });

  test("several models have their names", async () => {
    const { stdout } = await makeSandbox(files).run(["build", "net.layers", "other.layers", "--emit-ir=graph"]);
    expect(stdout.match(/^\/\/ model \w+$/gm)).toEqual(["// model Net", "// model First", "// model Second"]);
  });

  test("takes the options that decide what is made", async () => {
    const loops = ["build", "net.layers", "--emit-ir", "loops"];
    expect((await makeSandbox(files).run(loops)).stdout).not.toContain("for ");
    expect((await makeSandbox(files).run([...loops, "--unroll", "none"])).stdout).toContain("for k in 0..4 {");
    expect((await makeSandbox(files).run([...loops, "--target", "wasm"])).stdout).toContain(
      "where WebAssembly can't run",
    );
    const graph = ["build", "net.layers", "--emit-ir", "graph", "--precision", "bfloat16"];
    expect((await makeSandbox(files).run(graph)).stdout).toContain("hidden.kernel [4, 3] bfloat16");
    const config = { ...files, "layerc.config.json": '{ "unroll": "none" }' };
    expect((await makeSandbox(config).run(loops)).stdout).toContain("for k in 0..4 {");
  });

  test("as JSON", async () => {
    const { stdout } = await makeSandbox(files).run(["build", "other.layers", "--emit-ir=graph", "--format=json"]);
    const { models } = JSON.parse(stdout) as { readonly models: readonly Readonly<Record<string, string>>[] };
    expect(models.map(({ file, model }) => [file, model])).toEqual([
      ["other.layers", "First"],
      ["other.layers", "Second"],
    ]);
    expect(models[0]?.["text"]).toContain("First(%0: [1]) -> [1] {\n");
  });

  test("models that are wrong have diagnostics and no text", async () => {
    const run = await makeSandbox(files).run(["build", "wrong.layers", "net.layers", "--emit-ir=graph"]);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain("error[");
  });

  test.each(["loop", "loops:fuse", "graph:", "graph:fuse:fuse", "", "constructor"])(
    "'%s' is a usage error that lists the names",
    async (stage) => {
      const sandbox = makeSandbox(files);
      const { exitCode, stdout, stderr } = await sandbox.run(["build", "net.layers", `--emit-ir=${stage}`]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toContain(`error[command-line]: --emit-ir is '${stage}', expected a stage`);
      for (const { name } of irStages) expect(stderr).toContain(`${name}[:none|${passNames(name).join("|")}]`);
      expect(sandbox.contents()).toEqual(files);
    },
  );

  test.each(["--check", "--watch", "--depfile=d", "--list-outputs", "--explain"])(
    "does not go with %s",
    async (other) => {
      const { exitCode, stderr } = await makeSandbox(files).run(["build", "net.layers", "--emit-ir=graph", other]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("can't go together");
    },
  );
});
