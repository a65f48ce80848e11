/** `call_0` would be the same call in every turn. */
const POSITIONAL = /^((call|tool|toolu|fc|chatcmpl-tool)[-_]?)?\d{0,3}$/i;

/** An id that no other call of the conversation has. */
export const ownId = (id: unknown, newId: (prefix: string) => string): string =>
  typeof id === "string" && !POSITIONAL.test(id) ? id : newId("call_");
