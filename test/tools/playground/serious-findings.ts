import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** Axe's findings in a page that keep people out. */
export async function seriousFindings(page: {
  evaluate<Result>(script: string): Promise<Result>;
}): Promise<readonly string[]> {
  const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  // As a program of the test, which the page's policy does not hold for.
  await page.evaluate(`${axe};0`);
  const found = await page.evaluate<readonly Finding[]>(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html.slice(0, 200)) })))",
  );
  expect(found).toBeInstanceOf(Array);
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.join(" | ")}`);
}

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly string[];
}
