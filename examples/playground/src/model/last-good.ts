import { proxy } from "comlink";
import type { PageFiles } from "../files/page-files.ts";
import type { Builder } from "../workers/builder.ts";
import { Service } from "../workers/service.ts";
import type { Built, SourceFile } from "./built.ts";
import { reasonOf } from "../page/reason.ts";

/** What is known of the text in the editor. */
export interface State {
  readonly source: SourceFile;
  /** What the last text without errors became. */
  readonly good?: Built;
  /** The errors of the text, or why it could not be compiled. */
  readonly errors?: string;
  readonly isBuilding: boolean;
}

/** Milliseconds without a key, after which a text is compiled. */
const rest = 250;
/** A build that takes longer is given up when there is another text. */
const patience = 3000;

/** Compiles the text in the editor in a worker, the newest text only, and keeps what the last good one became. */
export class LastGood {
  readonly files: PageFiles;
  #state: State;
  #listeners = new Set<(state: State) => void>();
  /** What else is done with layerc: in a worker of its own, for the one that builds is ended when a build is given up. */
  readonly builder = new Service<Builder>("builder");
  readonly #builds = new Service<Builder>("builder");
  /** Which build is the last one. */
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #began = 0;
  /** Whether another build has to follow the one that goes on. */
  #isOld = false;

  constructor(source: SourceFile, files: PageFiles) {
    this.files = files;
    this.#state = { source, isBuilding: false };
  }

  get state(): State {
    return this.#state;
  }

  subscribe(listener: (state: State) => void): void {
    this.#listeners.add(listener);
  }

  /** Tells of another text, or of other files beside the same one. */
  change(source: SourceFile): void {
    this.#set({ ...this.#state, source });
    clearTimeout(this.#timer);
    if (!this.#state.isBuilding) {
      this.#timer = setTimeout(() => void this.#build(), rest);
      return;
    }
    this.#isOld = true;
    const left = patience - (performance.now() - this.#began);
    this.#timer = setTimeout(() => this.#giveUp(), Math.max(rest, left));
  }

  async #build(): Promise<void> {
    const { source } = this.#state;
    this.#isOld = false;
    this.#began = performance.now();
    this.#set({ ...this.#state, isBuilding: true });
    const turn = ++this.#turn;
    const done = await this.#builds
      .ask((builder) => builder.build(source, proxy(this.files.read)))
      .then(outcome, failure);
    // A build that was given up says nothing more.
    if (turn !== this.#turn) return;
    const { good = this.#state.good, errors } = done;
    this.#set({
      source: this.#state.source,
      isBuilding: false,
      ...(good === undefined ? {} : { good }),
      ...(errors === undefined ? {} : { errors }),
    });
    if (this.#isOld) this.change(this.#state.source);
  }

  #giveUp(): void {
    if (this.#state.isBuilding) this.#builds.end();
    void this.#build();
  }

  #set(state: State): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

function outcome(built: Built): Pick<State, "good" | "errors"> {
  return built.errors === undefined
    ? { good: built }
    : { errors: built.errors };
}

function failure(error: unknown): Pick<State, "good" | "errors"> {
  const reason = reasonOf(error);
  return { errors: `The model can't be compiled here: ${reason}` };
}

/** Whether what is shown is of an older text than the one in the editor. */
export function isStale({ source, good }: State): boolean {
  return (
    good !== undefined &&
    (good.source.text !== source.text || good.source.name !== source.name)
  );
}
