import { readFileSync } from "node:fs";
import { expect, inject, onTestFinished, test } from "vitest";
import { makeFolder } from "./fresh/project.ts";

/** What layerc and all that it needs may take on a disk. Later changes stay within. */
const mostBytes = 30e6;

const models = new URL("../fixtures/keras/models/xor_2_8_1/", import.meta.url);

test("an installed layerc takes at most 30 MB, and builds .keras and .h5 files with nothing else", () => {
  const project = makeFolder();
  onTestFinished(() => project.remove());
  project.write("package.json", "{}");
  project.run("npm", "install", "--omit=dev", inject("packedLayerc"));
  const [kilobytes = ""] = project.run("du", "-sk", "node_modules").split("\t");
  expect(Number(kilobytes)).toBeGreaterThan(1000);
  expect(Number(kilobytes) * 1024).toBeLessThanOrEqual(mostBytes);

  project.write("archive.keras", readFileSync(new URL("model.keras", models)));
  project.write("hdf5.h5", readFileSync(new URL("model.h5", models)));
  for (const file of ["archive.keras", "hdf5.h5"]) {
    expect(project.run("node", "node_modules/layerc/dist/cli.js", "build", file)).toContain(`${file} -> `);
  }
});
