let assembler: ReturnType<typeof loadAssembler> | undefined;

/** Loaded when the first model needs it: 5 MB of code. */
async function loadAssembler() {
  const { default: load } = await import("wabt");
  return load();
}

/** WebAssembly text -> binary. A fault is a bug of the compiler and throws. */
export async function assembleText(text: string): Promise<Uint8Array> {
  const wabt = await (assembler ??= loadAssembler());
  const module = wabt.parseWat("model.wat", text, { simd: true, relaxed_simd: true });
  try {
    module.validate();
    return module.toBinary({ write_debug_names: false }).buffer;
  } finally {
    module.destroy();
  }
}
