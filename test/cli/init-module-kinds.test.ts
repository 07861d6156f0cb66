import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { quickCompiler as compiler } from "../support/quick-compiler.ts";
import { makeSandbox } from "./sandbox.ts";

describe("layerc init asks for modules that each Node takes, and says how to call one", () => {
  const typescript = `"devDependencies": { "typescript": "7" }`;

  test.each([
    [`{ "type": "module" }`, "layerc.config.mjs", "js", "mjs"],
    [`{ "type": "commonjs" }`, "layerc.config.mjs", "cjs", "cjs"],
    [`{ "name": "x" }`, "layerc.config.mjs", "mjs", "mjs"],
    [`{ "type": "module", ${typescript} }`, "layerc.config.ts", "ts", undefined],
    [`{ "type": "commonjs", ${typescript} }`, "layerc.config.mts", "mts", undefined],
    [`{ ${typescript} }`, "layerc.config.mts", "mts", undefined],
  ])("%s", async (manifest, config, ending, caller) => {
    const sandbox = makeSandbox({ "package.json": manifest });
    const { stdout } = await sandbox.run(["init"]);
    expect(sandbox.contents()[config]).toContain(ending === "ts" ? '// emit: "ts",\n' : `\n  emit: "${ending}",\n`);
    const [, call = ""] = /^Call the model.* with: (.*)$/m.exec(stdout) ?? [];
    expect(call).toContain(`"./models/xor.${ending}"`);
    expect(stdout.includes("in a file that ends in .mts")).toBe(ending === "mts");
    expect(stdout.includes("rewriteRelativeImportExtensions")).toBe(ending.endsWith("ts"));
    const built = await sandbox.run(["build"], { compiler });
    expect(built.stdout).toMatch(new RegExp(String.raw`^models/xor\.layers -> models/xor\.${ending} `));
    expect(built.stdout).not.toContain("commonjs");
    if (caller === undefined) return;
    // The line that it prints runs.
    const script = path.join(sandbox.folder, `call.${caller}`);
    fs.writeFileSync(
      script,
      call.replace("xor.forward", caller === "cjs" ? "module.exports = $&" : "export default $&"),
    );
    const { default: output } = (await import(pathToFileURL(script).href)) as { readonly default: Float32Array };
    expect([...output]).toEqual([1]);
  });

  test.each([
    [`{ "compilerOptions": { "allowImportingTsExtensions": true, } /* so */ }`, false],
    [`{ "compilerOptions": { "rewriteRelativeImportExtensions": true } }`, false],
    [`{ "compilerOptions": { "rewriteRelativeImportExtensions": false } }`, true],
    [`{ "compilerOptions": { /* "allowImportingTsExtensions": true */ } }`, true],
    [`{ "compilerOptions": null }`, true],
    [`[`, true],
    ["", true],
  ])("with the tsconfig.json %s tsc needs a setting: %s", async (tsconfig, needed) => {
    const { stdout } = await makeSandbox({ "package.json": "{}", "tsconfig.json": tsconfig }).run(["init"]);
    expect(stdout.includes("rewriteRelativeImportExtensions")).toBe(needed);
  });
});
