export function ensureChromium(env?: Record<string, string | undefined>): string;
export function ensureRedis(env?: Record<string, string | undefined>): string;
