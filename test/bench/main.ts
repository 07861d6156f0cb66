import { contenders } from "./contenders.ts";
import { estimatesPart } from "./parts/estimates.ts";
import { parseOptions } from "./options.ts";
import { extraParts, parts } from "./parts/index.ts";
import { writeReport, writeSection } from "./report.ts";
import { requirementsMarkdown } from "./requirements.ts";
import { readResults, withPart, writeResults } from "./results.ts";
import { workloads } from "./workloads.ts";

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const all = [...parts, ...extraParts];
  if (options.help) return printHelp();
  const unknown = options.parts.find((name) => !all.some((part) => part.name === name));
  if (unknown !== undefined) throw new Error(`no part ${unknown}; there are ${all.map(({ name }) => name).join(", ")}`);
  const chosen = options.parts.length === 0 ? parts : all.filter(({ name }) => options.parts.includes(name));
  const wholeRun = options.only === undefined && options.peers === undefined;

  for (const part of chosen) {
    const start = performance.now();
    const data = await part.run(options);
    console.log(`\n## ${part.title}\n\n${part.markdown(data)}\n`);
    if (part === estimatesPart) writeSection(part.name, part.markdown(data));
    console.error(`${part.name} took ${((performance.now() - start) / 1000).toFixed(0)} s`);
    // What was left out on request would be missing in the files.
    if (!wholeRun || !parts.includes(part)) continue;
    writeResults(withPart(readResults(), part.name, data));
  }
  if (!wholeRun || !chosen.some((part) => parts.includes(part))) return;
  const results = readResults();
  writeReport(results);
  console.log(`\n## What must hold\n\n${requirementsMarkdown(results)}\n`);
  console.error("results.json, results.svg and README.md of test/bench are written");
}

function printHelp(): void {
  console.log(
    "npm run bench -- [part ...] [--only workloads] [--peers contenders]\n\nParts; all but the last when none is named:",
  );
  for (const { name, title } of [...parts, ...extraParts]) console.log(`  ${name.padEnd(12)}${title}`);
  console.log(`\nWorkloads: ${workloads.map(({ name }) => name).join(", ")}`);
  console.log(`Contenders: ${contenders.map(({ name }) => name).join(", ")}`);
}
