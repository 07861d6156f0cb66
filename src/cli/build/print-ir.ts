import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { beforePasses, emitIr, irStages, passNames, type IrStage } from "../../emit-ir.ts";
import type { Environment } from "../../node/environment.ts";
import { loadSources } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { buildOptions } from "../arguments/build-options.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import { gatherDiagnostics, gatherSources } from "../report/gather-diagnostics.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import { findBuildInputs } from "./build-inputs.ts";
import type { BuildInvocation } from "./build-invocation.ts";

/** `layerc build --emit-ir`: what the compiler makes of the models on the way to code, and writes no file. */
export async function printIr(asked: string, invocation: BuildInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const none = { models: [] };
  const wanted = readStage(asked);
  if (wanted === undefined) return stopped([unknownStage(asked)], none);
  const found = await findBuildInputs(invocation, environment);
  if (hasErrors(found.diagnostics)) return stopped(found.diagnostics, none);
  const host = createNodeHost(cwd, files);
  const loaded = await loadSources(found.value, host);
  if (loaded.diagnostics.length > 0) return stopped(loaded.diagnostics, none);

  const results = await Promise.all(
    loaded.value.map((input) => {
      const { target, unroll, keepZeros, engine, precision, weights } = buildOptions(invocation, input.path, cwd);
      return emitIr(input.source, { host, ...wanted, target, unroll, keepZeros, engine, precision, weights });
    }),
  );
  const models = results.flatMap(({ texts }, at) =>
    texts.map(({ model, text }) => ({ file: loaded.value[at]?.path ?? "", model, text })),
  );
  // One model needs no name.
  const printed = models.map(({ model, text }) => (models.length === 1 ? text : `// model ${model}\n\n${text}`));
  return {
    problems: [],
    diagnostics: [...found.diagnostics, ...gatherDiagnostics(results)],
    sources: gatherSources(results),
    text: printed.join("\n"),
    json: { models },
  };
}

interface WantedStage {
  readonly stage: IrStage;
  readonly after?: string;
}

/** `loops`, or `loops:unroll`: the stage after one of its passes, or before the first one. */
function readStage(asked: string): WantedStage | undefined {
  const [name, after, ...rest] = asked.split(":");
  const stage = irStages.find((one) => one.name === name)?.name;
  if (stage === undefined || rest.length > 0) return undefined;
  if (after === undefined) return { stage };
  return after === beforePasses || passNames(stage).includes(after) ? { stage, after } : undefined;
}

function unknownStage(asked: string): Diagnostic {
  const stages = irStages.map(({ name }) => `${name}[:${[beforePasses, ...passNames(name)].join("|")}]`);
  return wrongUsage(undefined, {
    message: `--emit-ir is '${asked}', expected a stage, or one of its passes behind a colon`,
    help: stages.join(", "),
  });
}
