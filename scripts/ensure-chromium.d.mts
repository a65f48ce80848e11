export function ensureChromium(env?: Record<string, string | undefined>): string;
