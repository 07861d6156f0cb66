import fs from "node:fs";
import { expect, test } from "vitest";

const { scripts } = JSON.parse(fs.readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const install = "node .ci/ensure-installed.mjs";
const hooks = ["prepack", "prepare"];
const isHook = (name: string): boolean => hooks.includes(name) || (name.startsWith("pre") && name.slice(3) in scripts);

test.each(Object.keys(scripts).filter((name) => !isHook(name)))(
  "npm run %s works in a clone where nothing is installed",
  (name) => {
    expect(scripts[`pre${name}`]?.split(" && ")[0]).toBe(install);
  },
);

test("npm pack works there too", () => {
  expect(scripts["prepack"]).toBe("npm run build");
});

test("so does npm install in a project that names the clone, which builds it", () => {
  expect(scripts["prepare"]).toBe(`${install} && node .ci/build.mjs --if-changed`);
});
