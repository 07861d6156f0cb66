import { describe, probeBatches, probeForward, refusalsOf } from "./calls.ts";
import type { ModelCase, ModelResult, RuntimeResult, SizeCase } from "./case.ts";
import { makeInstances, type Subject } from "./instance.ts";
import { permittedBackend } from "./permitted.ts";
import { createReport, fail } from "./report.ts";

/** Runs generated modules with all that a caller may do, and says what came of it. Runs wherever JavaScript does. */
export function probe(subjects: readonly Subject[]): RuntimeResult {
  return {
    permitted: permittedBackend(),
    models: subjects.flatMap((subject) => subject.models.map((model) => probeModel(subject, model))),
  };
}

function probeModel(subject: Subject, model: ModelCase): ModelResult {
  const report = createReport();
  const refusals: string[] = [];
  const info = subject.module[`${model.exportName}Info`] as
    { readonly backend?: string; readonly backendReason?: string } | undefined;
  // Asked for its backend, a module of `auto` goes over to it at once: all calls are on one path.
  if (subject.variant === "auto") void info?.backend;
  try {
    const [instance, other] = makeInstances(subject, model);
    for (const size of model.sizes) {
      const singles = probeForward(report, size, instance, other);
      probeBatches(report, size, instance, singles);
    }
    refusals.push(...refusalsOf(instance, model.sizes[0] as SizeCase));
  } catch (error) {
    fail(report, describe(error));
  }
  return {
    variant: subject.variant,
    example: subject.example,
    model: model.name,
    backend: info?.backend,
    reason: info?.backendReason,
    compared: report.compared,
    error: report.error,
    disagreement: report.disagreement,
    outputs: report.outputs,
    refusals,
    failures: report.failures,
  };
}
