import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { createProject, type Project } from "./bundlers/project.ts";
import { nodes } from "./runtimes/nodes.ts";

const model = "model Tiny { input [1] Dense(1) }\n";

/** Configs as people write them; each asks for JavaScript in out/. */
const configs: readonly (readonly [name: string, text: string, manifest?: string])[] = [
  [
    "layerc.config.ts",
    `import { defineConfig, type LayercConfig } from "layerc";
import { outDir } from "./shared.ts";
enum Language { JavaScript = "js" }
const include: LayercConfig["include"] = ["*.layers"];
export default defineConfig({ include, outDir, emit: Language.JavaScript });
`,
  ],
  [
    "layerc.config.ts",
    `import type { LayercConfig } from "layerc";\nimport { outDir } from "./shared.js";\nexport default { include: "*.layers", outDir, emit: "js" } satisfies LayercConfig;\n`,
    "{}",
  ],
  [
    "layerc.config.mts",
    `import { defineConfig } from "layerc";\nexport default defineConfig({ include: "*.layers", outDir: "out", emit: "js" });\n`,
  ],
  [
    "layerc.config.mjs",
    `import { defineConfig } from "layerc";\nexport default defineConfig({ include: "*.layers", outDir: "out", emit: "js" });\n`,
  ],
  ["layerc.config.js", `module.exports = { include: "*.layers", outDir: "out", emit: "js" };\n`, "{}"],
  ["layerc.config.js", `export default { include: "*.layers", outDir: "out", emit: "js" };\n`],
  ["layerc.config.json", `{ "include": "*.layers", "outDir": "out", "emit": "js" }`],
  ["package.json", "", `{ "layerc": { "include": "*.layers", "outDir": "out", "emit": "js" } }`],
];

async function run(node: string, project: Project, ...argv: readonly string[]): Promise<string> {
  const cli = path.join(project.folder, "node_modules/layerc/dist/cli.js");
  const { stdout, stderr } = await promisify(execFile)(node, [cli, ...argv], { cwd: project.folder });
  expect(stderr).toBe("");
  return stdout;
}

describe.each(nodes)("in %s the installed command", (_, node) => {
  test("takes configs of every kind", async () => {
    const project = createProject({ "tiny.layers": model, "shared.ts": `export const outDir: string = "out";\n` });
    for (const [name, text, manifest = '{ "type": "module" }'] of configs) {
      project.write("package.json", manifest);
      if (text !== "") project.write(name, text);
      expect([name, await run(node, project, "build", "--no-cache")]).toEqual([
        name,
        expect.stringMatching(/^tiny\.layers -> out\/tiny\.js .*\ntiny\.layers -> out\/tiny\.d\.ts /),
      ]);
      fs.rmSync(path.join(project.folder, "out"), { recursive: true });
      if (text !== "") fs.rmSync(path.join(project.folder, name));
    }
  });

  test("makes a project that builds and runs", async () => {
    const project = createProject({});
    project.write("package.json", '{\n  "type": "module"\n}\n');
    project.write("tsconfig.json", "{}");
    expect(await run(node, project, "init")).toMatch(/^layerc\.config\.ts +written\n/);
    const { scripts } = JSON.parse(project.read("package.json")) as { scripts: Readonly<Record<string, string>> };
    expect(Object.keys(scripts)).toEqual(["build:models", "check:models"]);
    for (const script of Object.values(scripts)) await run(node, project, ...script.split(" ").slice(1));
    await run(node, project, "build", "--emit", "js");
    project.write(
      "use.js",
      `import { xor } from "./models/xor.js";\nconsole.log(...xor.forward([0, 1]), ...xor.forward([1, 1]));\n`,
    );
    const { stdout } = await promisify(execFile)(node, ["use.js"], { cwd: project.folder });
    expect(stdout).toBe("1 0\n");
  });
});
