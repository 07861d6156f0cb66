import { unzipped } from "./unzipped.ts";

/** The arrays of an npz file of float32, read in the shortest way; undefined where one is of another type. */
export function npzArrays(bytes: Uint8Array): readonly Float32Array[] | undefined {
  const members = unzipped(bytes)?.map(({ content }) => content);
  if (members === undefined) return undefined;
  const text = (member: Uint8Array): string => new TextDecoder("latin1").decode(member.subarray(0, 128));
  if (members.some((member) => !/'<f4'.*'fortran_order': False/.test(text(member)))) return undefined;
  return members.map((member) => {
    const view = new DataView(member.buffer, member.byteOffset, member.byteLength);
    const start = (member[6] === 1 ? 10 : 12) + (member[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
    return new Float32Array(member.slice(start).buffer);
  });
}
