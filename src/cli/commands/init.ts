import { defineCommand } from "../arguments/command.ts";

/** `layerc init`: a commented config, an example model and npm scripts. */
export const init = defineCommand({
  name: "init",
  description: "write a config, an example model and npm scripts into the working folder, and replace nothing",
  argument: { kind: "none" },
  options: {},
  readsConfig: false,
  async run(_, environment) {
    const { initProject } = await import("../init/init-project.ts");
    return initProject(environment);
  },
});
