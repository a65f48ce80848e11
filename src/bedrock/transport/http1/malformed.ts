/** An answer that is not HTTP. @param code As Node's own parser has it. */
export const malformed = (why: string, code: string): Error =>
  Object.assign(new Error(`The answer is no HTTP/1.1: ${why}.`), { code: `HPE_${code}` });
