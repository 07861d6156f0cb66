/** What a worker of the page does. They share one file and its chunks, so that none is downloaded twice. */
export type Role = "language-server" | "builder" | "runner" | "trainer";

interface Servant {
  serve(port: MessagePort): void;
}

const roles: Readonly<Record<Role, () => Promise<Servant>>> = {
  "language-server": () => import("./language-server.ts"),
  builder: () => import("./builder.ts"),
  runner: () => import("./runner.ts"),
  trainer: () => import("./trainer.ts"),
};

// What is sent to the port meanwhile waits there.
addEventListener(
  "message",
  ({ data }: MessageEvent<{ role: Role; port: MessagePort }>) => {
    roles[data.role]().then(
      ({ serve }) => serve(data.port),
      (error: unknown) => postMessage(String(error)),
    );
  },
  { once: true },
);
