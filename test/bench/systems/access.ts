/** The same access, and what every question has in common, for every system. */
export const access = (endpoint: string) => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "AKIDBENCH", secretAccessKey: "bench" },
});

export const MODEL = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
export const SYSTEM_PROMPT = "You are a helpful assistant. Answer in short, plain sentences.";
export const MAX_TOKENS = 4_000;
export const TEMPERATURE = 0.5;
