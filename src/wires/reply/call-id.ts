/** Some models name their calls by nothing; a call without an id cannot be answered. */
export const callId = (toolUseId: string, index: number): string => toolUseId || `call_${index}`;
