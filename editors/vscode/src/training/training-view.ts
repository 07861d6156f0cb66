import path from "node:path";
import * as vscode from "vscode";
import { plotCurves } from "../../../../src/fit/plot/plot-curves.ts";
import { formatResult } from "../../../../src/fit/format-result.ts";
import { applyFix, isAbout, readModel, type ReadModel } from "./apply-fix.ts";
import { OneRun } from "./one-run.ts";
import type { Epoch } from "./read-log.ts";
import { TrainingHistory } from "./training-history.ts";
import type { TrainingPanel } from "./training-panel.ts";
import { findingText, resultText, type TrainingReport } from "./training-report.ts";
import { startTraining, type RunEnd } from "./training-run.ts";
import type { TrainingPlan } from "./training-plan.ts";

/** Has a training go on from its checkpoint. */
const resume = "--resume";

/** One training as its panel shows it: it runs, its curves grow, and in the end there is something to do. */
export class TrainingView {
  readonly #panel: TrainingPanel;
  readonly #output: vscode.OutputChannel;
  readonly #log: string;
  readonly #start: (plan: TrainingPlan) => Promise<void>;
  readonly #run = new OneRun();
  readonly #history = new TrainingHistory();
  #status = "";
  #model = "";
  #offers = new Map<string, () => unknown>();

  constructor(
    panel: TrainingPanel,
    output: vscode.OutputChannel,
    log: string,
    start: (plan: TrainingPlan) => Promise<void>,
  ) {
    this.#start = start;
    this.#panel = panel;
    this.#output = output;
    this.#log = log;
    panel.onStop(() => void this.stop());
    panel.onTaken((offer) => this.#offers.get(offer)?.());
  }

  /** Whether it runs, or is about to. */
  get isRunning(): boolean {
    return this.#run.isTaken;
  }

  /** Asks for the end of what runs, or is about to, and waits for it. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.#status = "Being stopped: the checkpoint is written …";
    this.#show();
    await this.#run.stop();
  }

  /** Trains, after the end of another training if there is one, and says in the end how it went and what can be done. */
  async run(plan: TrainingPlan, other?: Promise<void>): Promise<void> {
    const { source, model, layerc, argv } = plan;
    const cwd = path.dirname(source.fsPath);
    this.#model = model;
    this.#history.begin(argv.includes(resume));
    this.#offers = new Map();
    this.#status = "The model is compiled, and the samples are read …";
    const read = readModel(source);
    const ended = this.#run.through(Promise.all([read, other]), () => {
      this.#output.appendLine(`> layerc ${argv.join(" ")}`);
      this.#output.appendLine(
        `  in ${cwd}, by layerc ${layerc.version} of ${layerc.isOfProject ? "the project" : "the extension"}`,
      );
      return startTraining({ cli: layerc.cli, argv, cwd, log: this.#log }, (epochs) => this.#take(epochs));
    });
    this.#show();
    await this.#conclude(await ended, plan, read);
  }

  #take(epochs: readonly Epoch[]): void {
    for (const one of epochs) {
      const { epoch, results } = one;
      this.#history.add(one);
      const told = Object.entries(results).map(
        ([name, value]) => `${name} ${value === null ? "no number" : formatResult(value)}`,
      );
      this.#status = `Epoch ${epoch}: ${told.join(", ")}`;
      this.#output.appendLine(this.#status);
    }
    this.#show();
  }

  #show(): void {
    // Numbers that are none have no place on a curve.
    const history = this.#history.epochs.map((results) =>
      Object.fromEntries(Object.entries(results).map(([name, value]) => [name, value ?? Number.NaN])),
    );
    this.#panel.show({
      svg: history.length === 0 ? "" : plotCurves(history, this.#model, undefined),
      status: this.#status,
      isRunning: this.isRunning,
      offers: [...this.#offers.keys()],
    });
  }

  async #conclude(end: RunEnd, plan: TrainingPlan, read: Promise<ReadModel>): Promise<void> {
    const goOn: Offer = ["Go On", () => this.#start(goneOn(plan))];
    const showOutput: Offer = ["Show Output", () => this.#output.show(true)];
    switch (end.kind) {
      case "failed": {
        const printed = end.printed === "" ? "it has said nothing" : end.printed;
        this.#output.appendLine(printed);
        return this.#tell("error", `layerc train has failed: ${printed.split("\n")[0]}`, [showOutput]);
      }
      case "stopped":
        return this.#tell(
          "info",
          `The training of ${plan.model} was stopped.`,
          this.#history.epochs.length > 0 ? [goOn] : [],
        );
      case "reported": {
        const { diagnostics, training } = end.report;
        for (const finding of diagnostics) this.#output.appendLine(findingText(finding));
        const error = diagnostics.find(({ severity }) => severity === "error");
        const offers = [
          ...fixesOf(end.report, await read),
          ...(training?.end === "interrupted" ? [goOn] : []),
          ...(diagnostics.length > 0 ? [showOutput] : []),
        ];
        if (error !== undefined) return this.#tell("error", findingText(error), offers);
        return this.#tell("info", training === null ? "Nothing was trained." : resultText(training), offers);
      }
    }
  }

  async #tell(kind: "info" | "error", text: string, offers: readonly Offer[]): Promise<void> {
    this.#status = text;
    this.#output.appendLine(`${text}\n`);
    this.#offers = new Map(offers);
    this.#show();
    const titles = offers.map(([title]) => title);
    const chosen =
      kind === "info"
        ? await vscode.window.showInformationMessage(text, ...titles)
        : await vscode.window.showErrorMessage(text, ...titles);
    if (chosen !== undefined) this.#offers.get(chosen)?.();
  }
}

/** What can be done, by its title. */
type Offer = readonly [title: string, take: () => unknown];

/** The first change of the model file that is proposed: it has the model bind the weights, or mends what is wrong. */
function fixesOf({ diagnostics, training }: TrainingReport, read: ReadModel): readonly Offer[] {
  const folder = path.dirname(read.source.fsPath);
  const fix = [training?.fix, ...diagnostics.map((finding) => finding.fix)].find(
    (one) => one !== null && one !== undefined && isAbout(one, read, folder),
  );
  return fix ? [[fix.title, () => applyFix(fix, read)]] : [];
}

/** The same training from its checkpoint on. */
function goneOn(plan: TrainingPlan): TrainingPlan {
  return { ...plan, argv: [...plan.argv.filter((argument) => argument !== resume), resume] };
}
