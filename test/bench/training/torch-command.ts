import { spawnSync } from "node:child_process";
import path from "node:path";

/** The command that trains with PyTorch. Throws where no Python has it. */
export function torchCommand(): readonly [string, ...string[]] {
  // Debian's packages belong to its own Python, which another may hide.
  const python = ["python3", "/usr/bin/python3"].find(
    (program) => spawnSync(program, ["-c", "import torch"]).status === 0,
  );
  if (python === undefined) throw new Error("PyTorch is not installed; Debian has it as python3-torch");
  return [python, path.join(process.cwd(), "test/bench/training/train_torch.py")];
}
