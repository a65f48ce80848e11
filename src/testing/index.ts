/** A Bedrock emulator for tests: `bedrock-openai/testing`. */
export { startBedrockEmulator } from "./emulator.ts";
export type { BedrockEmulator, EmulatorOptions } from "./emulator.ts";
export { EMULATOR_CREDENTIALS } from "./auth/credentials.ts";
export {
  accountArn,
  APPLICATION_PROFILES,
  CUSTOM_MODEL,
  IMPORTED_MODELS,
  marketplaceArn,
  PROMPT_ROUTERS,
  PROVISIONED_MODELS,
} from "./catalogue/account-resources.ts";
export type {
  AccountKind,
  ApplicationProfile,
  ImportedModel,
  PromptRouter,
  ProvisionedModel,
} from "./catalogue/account-resources.ts";
export type { RecordedRequest } from "./recorded-request.ts";
export type {
  AnswerReply,
  BytesReply,
  ChunksReply,
  Delivery,
  ErrorReply,
  EventsReply,
  Fault,
  Pacing,
  Reply,
  ResponseReply,
} from "./reply.ts";
export { encodeEventFrame, encodeStreamEvent } from "./wire/event-frame.ts";
