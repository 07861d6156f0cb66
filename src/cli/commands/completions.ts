import { defineCommand } from "../arguments/command.ts";

/** `layerc completions`: a script for a shell, whose Tab then asks `layerc complete`. */
export const completions = defineCommand({
  name: "completions",
  description: "print what lets a shell complete the words of layerc; in ~/.bashrc: source <(layerc completions bash)",
  argument: {
    kind: "one",
    name: "shell",
    description: "bash, zsh, fish or powershell",
    values: ["bash", "zsh", "fish", "powershell"],
  },
  alsoTried: ["completion"],
  options: {},
  answers: true,
  readsConfig: false,
  async run({ shell }) {
    const [{ script }, { printedBy }] = await Promise.all([
      import("@bomb.sh/tab"),
      import("../completions/printed-by.ts"),
    ]);
    const text = printedBy(() => script(shell, "layerc", "layerc"));
    return { problems: [], diagnostics: [], sources: [], text, json: { script: text } };
  },
});
