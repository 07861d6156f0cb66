/** A message whose first words are made elsewhere, `the model 'encoder'`, as the beginning of a sentence. */
export function capitalized(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
