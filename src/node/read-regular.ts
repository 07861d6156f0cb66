import fs from "node:fs";
import { formatCount } from "../diagnostics/format-count.ts";

/**
 * Why a file is not read although the system would: its message is a clause as `describeFileError` gives them. It names the
 * file as errors of the system do.
 */
export class FileRefusal extends Error {
  readonly path: string;

  constructor(reason: string, file: string) {
    super(reason);
    this.path = file;
  }
}

/** Bytes that `readPieces` reads at a time. */
const pieceBytes = 2 ** 20;

/** The content of a regular file of any length, piece by piece; what is no file is refused as by `readRegular`. */
export function* readPieces(file: string): Iterable<Uint8Array> {
  const handle = openRegular(file);
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(pieceBytes);
      const read = fs.readSync(handle, piece, 0, pieceBytes, null);
      if (read === 0) return;
      yield piece.subarray(0, read);
    }
  } finally {
    fs.closeSync(handle);
  }
}

/**
 * The content of a regular file of at most `most` bytes. What it is and how long is looked at before anything is read; a
 * file that grows meanwhile, or that says nothing of its length (`/proc`), is read up to the bound. Pipes, devices and
 * folders are refused, and never waited for.
 */
export function readRegular(file: string, most: number): Uint8Array {
  const handle = openRegular(file);
  try {
    const { size } = fs.fstatSync(handle);
    if (size > most) throw tooLarge(file, size, most);
    return readUpTo(file, handle, size, most);
  } finally {
    fs.closeSync(handle);
  }
}

function openRegular(file: string): number {
  // Opening a pipe that nobody writes to would wait.
  const handle = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
  try {
    const stats = fs.fstatSync(handle);
    if (stats.isDirectory()) throw new FileRefusal("is a folder", file);
    if (!stats.isFile()) throw new FileRefusal("is not a regular file", file);
    return handle;
  } catch (error) {
    fs.closeSync(handle);
    throw error;
  }
}

function readUpTo(file: string, handle: number, expected: number, most: number): Uint8Array {
  // A byte more than expected tells the end from a file that has grown.
  let buffer = Buffer.allocUnsafe(expected + 1);
  let length = 0;
  for (;;) {
    const read = fs.readSync(handle, buffer, length, buffer.length - length, null);
    if (read === 0) return buffer.subarray(0, length);
    length += read;
    if (length > most) throw tooLarge(file, length, most);
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(2 * length + 4096, most + 1));
  }
}

function tooLarge(file: string, bytes: number, most: number): FileRefusal {
  return new FileRefusal(`has ${formatCount(bytes)} bytes, more than the ${formatCount(most)} that are read`, file);
}
