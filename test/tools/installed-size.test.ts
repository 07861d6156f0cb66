import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { packLayerc } from "./pack-layerc.ts";

/** What layerc and all that it needs may take on a disk. Later changes stay within. */
const mostBytes = 30e6;

const models = fileURLToPath(new URL("../fixtures/keras/models/xor_2_8_1/", import.meta.url));

test("an installed layerc takes at most 30 MB, and builds .keras and .h5 files with nothing else", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-size-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const run = (command: string, ...argv: readonly string[]): string =>
    execFileSync(command, argv, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  fs.writeFileSync(path.join(folder, "package.json"), "{}");
  run("npm", "install", "--no-audit", "--no-fund", "--omit=dev", packLayerc());
  const [kilobytes = ""] = run("du", "-sk", "node_modules").split("\t");
  expect(Number(kilobytes)).toBeGreaterThan(1000);
  expect(Number(kilobytes) * 1024).toBeLessThanOrEqual(mostBytes);

  fs.copyFileSync(path.join(models, "model.keras"), path.join(folder, "archive.keras"));
  fs.copyFileSync(path.join(models, "model.h5"), path.join(folder, "hdf5.h5"));
  for (const file of ["archive.keras", "hdf5.h5"]) {
    expect(run("node", "node_modules/layerc/dist/cli.js", "build", file)).toContain(`${file} -> `);
  }
});
