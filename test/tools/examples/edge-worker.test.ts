import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hasPrograms, programs } from "../runtimes/programs.ts";
import { installExample } from "./project.ts";

interface Answer {
  readonly species: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

test.runIf(hasPrograms)("the edge worker answers in workerd", async () => {
  const project = installExample("edge-worker", { programs: { workerd: programs.workerd } });
  project.run("build");
  const config = ["serve", "config.capnp", "--socket-addr=http=127.0.0.1:0", "--control-fd=1"];
  const listening = await project.start("workerd", config, /"port": ?\d+/);
  const url = `http://127.0.0.1:${/\d+/.exec(listening)?.[0]}/`;
  const post = (body: string): Promise<Response> => fetch(url, { method: "POST", body });

  const answer = await post('{ "flower": [5.1, 3.5, 1.4, 0.2] }');
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/json");
  const { species, probabilities } = (await answer.json()) as Answer;
  const readme = JSON.parse(
    /```json\n(.*?)\n```/.exec(readFileSync(`${project.folder}/README.md`, "utf8"))![1]!,
  ) as Answer;
  expect(species).toBe(readme.species);
  expect(Object.keys(probabilities)).toEqual(["setosa", "versicolor", "virginica"]);
  for (const [label, value] of Object.entries(readme.probabilities)) expect(probabilities[label]).toBeCloseTo(value, 6);

  expect(await (await post('{ "flower": [6.3, 3.3, 6.0, 2.5] }')).json()).toMatchObject({ species: "virginica" });
  for (const wrong of ["", "[1", "null", "[]", '{ "flower": [1, 2, 3] }', '{ "flower": [1, 2, 3, "4"] }']) {
    const refused = await post(wrong);
    expect(refused.status, wrong).toBe(400);
    expect(await refused.json()).toEqual({ error: 'expected { "flower": [four numbers] }' });
  }
  const got = await fetch(url);
  expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
});
