import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { installExample } from "./project.ts";

test("the Node script builds its model, passes tsc, and tells the species of flowers", () => {
  const project = installExample("node-script");
  expect(project.run("start")).toMatch(
    new RegExp(
      [
        String.raw`5\.1  3\.5  1\.4  0\.2   \d\d\.\d %  setosa`,
        String.raw`7\.0  3\.2  4\.7  1\.4   \d\d\.\d %  versicolor`,
        String.raw`6\.3  3\.3  6\.0  2\.5   \d\d\.\d %  virginica`,
        String.raw`4\.9  3\.0  1\.4  0\.2   \d\d\.\d %  setosa`,
        String.raw`6\.4  3\.2  4\.5  1\.5   \d\d\.\d %  versicolor`,
        String.raw`5\.8  2\.7  5\.1  1\.9   \d\d\.\d %  virginica`,
        "$",
      ].join("\n"),
    ),
  );
  // The model is as built; a changed one is found out.
  project.run("check:models");
  writeFileSync(path.join(project.folder, "src/iris.ts"), "");
  expect(() => project.run("check:models")).toThrow(/iris\.ts/);

  writeFileSync(path.join(project.folder, "flowers.csv"), "a,b,c,d\n5.1,3.5,1.4,0.2\n5.1,many,1.4,0.2\n");
  expect(() => project.run("start")).toThrow('flowers.csv:3: expected 4 numbers, found "5.1,many,1.4,0.2"');
});
