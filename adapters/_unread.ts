/**
 * Lets go of an answer's body that nobody has begun to read: something else was sent in its place, and the model would go on for
 * nobody.
 */
export const leaveUnread = (body: ReadableStream | null): void =>
  // What broke off already refuses to be left.
  void (body?.locked === false && body.cancel().catch(() => undefined));
