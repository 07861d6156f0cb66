/** Whether this machine has the low byte of a number first. */
export const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
