import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chart } from "./chart.ts";
import type { ContestData } from "./contest-data.ts";
import { parts } from "./parts/index.ts";
import { requirementsMarkdown } from "./requirements.ts";
import { benchFolder, type Results } from "./results.ts";

/** Writes `results.svg` and the tables of `README.md`, each between `<!-- name -->` and `<!-- /name -->`. */
export function writeReport(results: Results): void {
  const file = path.join(benchFolder, "README.md");
  let text = readFileSync(file, "utf8");
  const sections = new Map([
    ["machine", machineMarkdown(results)],
    ["requirements", requirementsMarkdown(results)],
  ]);
  for (const { name, markdown } of parts) {
    const data = results.parts[name];
    if (data !== undefined) sections.set(name, markdown(data));
  }
  for (const [name, content] of sections) text = withSection(text, name, content);
  writeFileSync(file, text);

  const workloads = results.parts["workloads"] as readonly ContestData[] | undefined;
  if (workloads !== undefined) writeFileSync(path.join(benchFolder, "results.svg"), chart(workloads));
}

/** Writes the tables of one part, with its own results, into `README.md`. */
export function writeSection(name: string, content: string): void {
  const file = path.join(benchFolder, "README.md");
  writeFileSync(file, withSection(readFileSync(file, "utf8"), name, content));
}

function withSection(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no place for ${name}`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

function machineMarkdown({ machines, versions }: Results): string {
  const partsOf = new Map<string, string[]>();
  for (const [part, { cpu, cores, platform, node }] of Object.entries(machines)) {
    const machine = `${cpu}, ${cores} cores, ${platform}, Node ${node}`;
    partsOf.set(machine, [...(partsOf.get(machine) ?? []), part]);
  }
  // That which measured the most is the rule.
  const [[first, ...others] = []] = [[...partsOf].toSorted(([, a], [, b]) => b.length - a.length)];
  const exceptions = others.map(([machine, parts]) => `${parts.sort().join(" and ")} on ${machine}`);
  const peers = Object.entries(versions).filter(([name]) => !name.startsWith("node-"));
  return (
    `${[first?.[0], ...exceptions].join("; ")}. ` +
    `${peers.map(([name, version]) => `${name} ${version}`).join(", ")}.`
  );
}
