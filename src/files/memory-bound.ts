/** As much of the global `WebAssembly` as this needs; there is none in engines that can't read HDF5 either. */
interface WebAssemblyLike {
  readonly Memory: { readonly prototype: GrowingMemory };
}

interface GrowingMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

const pageBytes = 65_536;

/** Bytes that a memory may have as a whole; may change while the work is done. */
export interface Room {
  bytes: number;
}

/**
 * Does work that ends before it returns, in which no memory of WebAssembly grows beyond `room`: a library that asks for
 * more is told that there is none, as by a machine that has no more. A damaged file can have the HDF5 library allocate
 * whatever any of its fields says; this bounds all of them, those too of versions to come. Nothing else runs meanwhile that
 * could notice.
 */
export function withinMemory<Result>(room: Room, work: () => Result): Result {
  const memory = (globalThis as unknown as { readonly WebAssembly: WebAssemblyLike }).WebAssembly.Memory.prototype;
  const { grow } = memory;
  memory.grow = function (this: GrowingMemory, pages) {
    if (this.buffer.byteLength + pages * pageBytes > room.bytes)
      throw new RangeError("the memory is as large as it may get");
    return grow.call(this, pages);
  };
  try {
    return work();
  } finally {
    memory.grow = grow;
  }
}
