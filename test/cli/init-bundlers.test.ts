import { describe, expect, test } from "vitest";
import { quickCompiler as compiler } from "../support/quick-compiler.ts";
import { makeSandbox } from "./sandbox.ts";

const lines = (text: string): readonly string[] => text.split("\n").map((line) => line.replace(/ {2,}/, " | "));

describe("layerc init where a bundler builds", () => {
  const template = `import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'

// https://vite.dev/config/
export default defineConfig({
  plugins: [react()],
})
`;
  const manifest = (build: string): string => `{
  "type": "module",
  "scripts": {
    "dev": "vite",
    "build": ${JSON.stringify(build)}
  },
  "devDependencies": {
    "layerc": "1",
    "typescript": "7",
    "vite": "8"
  }
}
`;

  test.each(["tsc && vite build", "tsc -b && vite build"])("Vite's template with %j is made ready", async (build) => {
    const sandbox = makeSandbox({
      "package.json": manifest(build),
      "vite.config.ts": template,
      "tsconfig.json": "{}",
      "src/main.ts": "",
    });
    const { exitCode, stdout } = await sandbox.run(["init"]);
    expect(exitCode).toBe(0);
    expect(lines(stdout)).toEqual([
      "layerc.config.ts | written",
      "src/models/xor.layers | written",
      "src/models/xor.safetensors | written",
      "vite.config.ts | has the plugin",
      `package.json | has the new scripts "types:models" and "check:models"; runs layerc types in "build", before tsc`,
      "",
      "Tell TypeScript of the models with: npm run types:models",
      'Call the model with: import { xor } from "./models/xor.layers"; xor.forward([0, 1])',
      "",
    ]);
    const changed = sandbox.contents();
    expect(changed["layerc.config.ts"]).toContain('\n  types: "layers.d.ts",\n');
    expect(changed["layerc.config.ts"]).toContain('\n  include: ["src/**/*.layers"],\n');
    expect(changed["vite.config.ts"]).toBe(
      template
        .replace("'@vitejs/plugin-react'\n", "'@vitejs/plugin-react'\nimport layerc from 'layerc/vite'\n")
        .replace("[react()]", "[react(), layerc()]"),
    );
    expect(changed["package.json"]).toBe(
      manifest(`layerc types && ${build}`).replace(
        /("build": .*)\n/,
        '$1,\n    "types:models": "layerc types",\n    "check:models": "layerc types --check"\n',
      ),
    );
    await sandbox.run(["types"], { compiler });
    expect(Object.keys(sandbox.contents())).toContain("src/models/xor.layers.d.ts");
    const before = sandbox.contents();
    expect((await sandbox.run(["init"])).stdout).toContain("has the plugin already");
    expect(sandbox.contents()).toEqual(before);
  });

  test.each([
    ["module", "vite.config.ts"],
    ["commonjs", "vite.config.mts"],
  ])("Vite without a config gets one, in a package of type %s %s", async (type, name) => {
    const text = manifest("vite build").replace('"module"', `"${type}"`);
    const sandbox = makeSandbox({ "package.json": text, "tsconfig.json": "{}" });
    await sandbox.run(["init"]);
    expect(sandbox.contents()[name]).toContain('import layerc from "layerc/vite";\n');
    expect(JSON.parse(sandbox.contents()["package.json"] ?? "")).toMatchObject({ scripts: { build: "vite build" } });
  });

  test.each([
    template.replace("[react()]", "[react(), [other()]]"),
    template.replace("  plugins: [react()],", "  plugins,"),
    template.replace("  plugins: [react()],", "  plugins: [react()],\n  worker: { plugins: () => [] },"),
    template.replace("defineConfig({", "defineConfig(() => ({").replace("})\n", "}))\n"),
    "module.exports = {\n  plugins: [],\n};\n",
  ])("a config that is written otherwise stays, and what to write is printed: %s", async (text) => {
    const sandbox = makeSandbox({ "package.json": manifest("vite build"), "vite.config.ts": text });
    const { stdout } = await sandbox.run(["init"]);
    expect(stdout).toMatch(
      /^vite\.config\.ts +stays: write import layerc from "layerc\/vite", and layerc\(\) into plugins$/m,
    );
    expect(sandbox.contents()["vite.config.ts"]).toBe(text);
  });

  test.each([
    ["webpack", "webpack", "webpack"],
    ["@rspack/core", "Rspack", "rspack"],
    ["esbuild", "esbuild", "esbuild"],
    ["rollup", "Rollup", "rollup"],
    ["rolldown", "Rolldown", "rolldown"],
  ])("with %s what to write is printed", async (dependency, title, entry) => {
    const lineIn = async (type: string): Promise<string | undefined> => {
      const manifest = { type, devDependencies: { [dependency]: "1" } };
      const { stdout } = await makeSandbox({ "package.json": JSON.stringify(manifest) }).run(["init"]);
      return stdout.split("\n").find((line) => line.startsWith("In the config"));
    };
    const name = `"layerc/${entry}"`;
    expect(await lineIn("module")).toBe(
      `In the config of ${title} write import layerc from ${name}, and layerc() into plugins`,
    );
    expect(await lineIn("commonjs")).toBe(
      `In the config of ${title} write import layerc from ${name} (in CommonJS const { layers: layerc } = require(${name})), and layerc() into plugins`,
    );
  });
});
