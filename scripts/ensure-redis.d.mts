export function ensureRedis(env?: Record<string, string | undefined>): string;
