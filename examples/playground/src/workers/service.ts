import { wrap, type Remote } from "comlink";
import { startWorker, type Started } from "./start.ts";
import type { Role } from "./worker.ts";

/**
 * What a worker does for the page. It is started when it is first asked for something, and anew after it was ended or has failed. Whoever
 * waits for an answer then is told that none will come.
 */
export class Service<Served> {
  readonly #role: Role;
  #started:
    { readonly worker: Started; readonly served: Remote<Served> } | undefined;
  readonly #waiting = new Set<(error: Error) => void>();

  constructor(role: Role) {
    this.#role = role;
  }

  /** Whether there is a worker, with what it was told before. */
  get isRunning(): boolean {
    return this.#started !== undefined;
  }

  ask<Answer>(
    job: (served: Remote<Served>) => Promise<Answer>,
  ): Promise<Answer> {
    const { served } = (this.#started ??= this.#start());
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.add(reject);
      job(served)
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }

  /** Ends what runs, whatever it is. */
  end(reason = "it was ended"): void {
    this.#started?.worker.end();
    this.#started = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const reject of waiting) reject(new Error(reason));
  }

  #start(): { worker: Started; served: Remote<Served> } {
    const worker = startWorker(this.#role, (reason) => {
      if (this.#started?.worker === worker) this.end(reason);
    });
    return { worker, served: wrap<Served>(worker.port) };
  }
}
