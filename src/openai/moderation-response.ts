/** OpenAI's categories, in its order. Source: OpenAI's CreateModerationResponse. */
export const MODERATION_CATEGORIES = [
  "harassment",
  "harassment/threatening",
  "hate",
  "hate/threatening",
  "illicit",
  "illicit/violent",
  "self-harm",
  "self-harm/instructions",
  "self-harm/intent",
  "sexual",
  "sexual/minors",
  "violence",
  "violence/graphic",
] as const;

export type ModerationCategory = (typeof MODERATION_CATEGORIES)[number];

export type ModeratedType = "text" | "image";

/** What the moderations endpoint emits. OpenAI's form, but that what was not checked is null: docs/decisions/018. */
export interface ModerationResponse {
  id: string;
  model: string;
  results: ModerationResult[];
}

export interface ModerationResult {
  flagged: boolean;
  categories: Record<ModerationCategory, boolean | null>;
  /** Between 0 and 1. */
  category_scores: Record<ModerationCategory, number | null>;
  category_applied_input_types: Record<ModerationCategory, ModeratedType[]>;
  /** What a guardrail found beside OpenAI's categories: denied topics, words, personal data. */
  bedrock?: { action: string; assessments: unknown[] };
}
