import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const { scripts } = JSON.parse(fs.readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const install = "node .ci/ensure-installed.mjs";
const hooks = ["prepack", "postpack", "prepare"];
const isHook = (name: string): boolean => hooks.includes(name) || (name.startsWith("pre") && name.slice(3) in scripts);

test.each(Object.keys(scripts).filter((name) => !isHook(name)))(
  "npm run %s works in a clone where nothing is installed",
  (name) => {
    expect(scripts[`pre${name}`]?.split(" && ")[0]).toBe(install);
  },
);

test("npm pack works there too", () => {
  expect(scripts["prepack"]).toBe("npm run build && node .ci/packed-manifest.mjs");
  expect(scripts["postpack"]).toBe("node .ci/packed-manifest.mjs --restore");
});

test("so does npm install in a project that names the clone, which builds it", () => {
  expect(scripts["prepare"]).toBe(`${install} && node .ci/build.mjs --if-changed`);
});

test("what is packed has no script that runs where it is installed, and package.json is as it was afterwards", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-manifest-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "package.json");
  const script = fileURLToPath(new URL("../../.ci/packed-manifest.mjs", import.meta.url));
  const change = (...argv: readonly string[]): void =>
    void execFileSync(process.execPath, [script, ...argv], { cwd: folder });
  const read = (): { scripts: Record<string, string> } => JSON.parse(fs.readFileSync(file, "utf8")) as never;
  const whole = fs.readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  fs.writeFileSync(file, whole);

  change();
  // A second time is what comes of a pack that was broken off.
  change();
  expect(
    Object.keys(read().scripts).filter((name) => /^(?:(?:pre|post)?install|(?:pre|post)?prepare)$/.test(name)),
  ).toEqual([]);
  const { prepare: _, ...others } = scripts;
  expect(read().scripts).toEqual(others);
  change("--restore");
  expect(fs.readFileSync(file, "utf8")).toBe(whole);
  expect(fs.readdirSync(folder)).toEqual(["package.json"]);
});
