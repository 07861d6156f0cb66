/** What is taken from a runtime before a generated module is imported, so that it must take another of its paths. */
export type Force = keyof typeof forces;

interface WebAssemblyApi {
  validate: (bytes: Uint8Array) => boolean;
  Module: new (bytes: Uint8Array) => object;
}

const api = (): WebAssemblyApi => (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

/** By the name of the file that does it when imported. */
export const forces = {
  "as-it-is": () => undefined,
  /** As in Node 20. */
  "without-relaxed-simd": () => {
    const { validate } = api();
    api().validate = (bytes) => !hasRelaxedSimd(bytes) && validate(bytes);
    refuseToCompile(hasRelaxedSimd);
  },
  /** As in old runtimes; the modules of models use nothing else. */
  "without-simd": () => {
    api().validate = () => false;
    refuseToCompile(() => true);
  },
  "without-webassembly": () => void Reflect.deleteProperty(globalThis, "WebAssembly"),
  /** As where a Content-Security-Policy forbids it, or in edge runtimes: it validates, and compiling throws. */
  "without-compilation": () => refuseToCompile(() => true),
};

function refuseToCompile(refused: (bytes: Uint8Array) => boolean): void {
  const { Module } = api();
  api().Module = function (bytes: Uint8Array): object {
    if (refused(bytes)) throw new Error("compiling this WebAssembly is forbidden here");
    return new Module(bytes);
  } as unknown as WebAssemblyApi["Module"];
}

/** Whether a module contains `f32x4.relaxed_madd` or `f32x4.relaxed_nmadd`: 0xfd, then 0x105 or 0x106 as LEB128. */
function hasRelaxedSimd(bytes: Uint8Array): boolean {
  return bytes.some(
    (byte, at) => byte === 0xfd && (bytes[at + 1] === 0x85 || bytes[at + 1] === 0x86) && bytes[at + 2] === 0x02,
  );
}
