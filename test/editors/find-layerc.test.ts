import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findLayerc } from "../../editors/vscode/src/run/find-layerc.ts";

function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "layerc-find-")));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

const layerc = (version: string) => JSON.stringify({ version, bin: { layerc: "dist/cli.js" } });
const inside = { "inside/package.json": layerc("2.0.0"), "inside/dist/cli.js": "" };

test("files are built by the layerc of their project, from any folder in it", () => {
  const folder = makeFolder({
    ...inside,
    "project/node_modules/layerc/package.json": layerc("1.0.0"),
    "project/node_modules/layerc/dist/cli.js": "",
    "project/src/models/a.layers": "",
  });
  expect(findLayerc(path.join(folder, "project/src/models"), path.join(folder, "inside/dist/cli.js"))).toEqual({
    cli: path.join(folder, "project/node_modules/layerc/dist/cli.js"),
    version: "1.0.0",
    isOfProject: true,
  });
});

test("without one, or with one that is not whole, by that of the extension", () => {
  const folder = makeFolder({
    ...inside,
    "broken/node_modules/layerc/package.json": layerc("1.0.0"),
    "none/a.layers": "",
  });
  const cli = path.join(folder, "inside/dist/cli.js");
  for (const project of ["broken", "none"]) {
    expect(findLayerc(path.join(folder, project), cli)).toEqual({ cli, version: "2.0.0", isOfProject: false });
  }
});
