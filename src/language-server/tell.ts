/** Sends without waiting. What can't be sent any more, because the client is gone, is nobody's loss. */
export function tell(sent: Promise<unknown>): void {
  sent.catch(() => undefined);
}
