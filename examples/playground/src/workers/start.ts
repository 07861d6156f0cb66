// oxlint-disable-next-line import/default -- Vite gives the address of what it makes of the module.
import WorkerUrl from "./worker.ts?worker&url";
import type { Role } from "./worker.ts";

/** A worker, and the port to what it does. */
export interface Started {
  readonly port: MessagePort;
  end(): void;
}

/** Starts a worker for a role. `failed` is told when its code can't be loaded. */
export function startWorker(
  role: Role,
  failed: (reason: string) => void,
): Started {
  const worker = new Worker(WorkerUrl, { type: "module", name: role });
  const { port1, port2 } = new MessageChannel();
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    failed(event.message || "a worker of the page could not be started");
  });
  worker.addEventListener("message", ({ data }) => failed(String(data)));
  worker.postMessage({ role, port: port2 }, [port2]);
  return {
    port: port1,
    end: () => {
      worker.terminate();
      port1.close();
    },
  };
}
