/** What `torch.save` began its files with before PyTorch 1.6: a pickle of a number that stands for the format. */
const oldTorch = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

/** What a file is that begins as a pickle of Python does, and what helps; undefined for any other. */
export function describePickled(bytes: Uint8Array): string | undefined {
  if (oldTorch.every((byte, index) => bytes[index] === byte)) {
    return "it is of the form that torch.save wrote before PyTorch 1.6; load it and save it once more: torch.save(torch.load(path, map_location='cpu'), 'state.pt')";
  }
  const [first, protocol = 0] = bytes;
  const isPickle = first === 0x80 && protocol >= 2 && protocol <= 5 && bytes.at(-1) === 0x2e;
  return isPickle
    ? "it is a pickle of Python, which can hold anything; save its arrays by name: numpy.savez('weights.npz', **{'dense/kernel': kernel})"
    : undefined;
}
