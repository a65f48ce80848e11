/** A Bedrock emulator for tests: `bedrock-openai/testing`. */
export { startBedrockEmulator } from "./emulator.ts";
export type { BedrockEmulator, EmulatorOptions } from "./emulator.ts";
export { EMULATOR_CREDENTIALS } from "./auth/credentials.ts";
export type { RecordedRequest } from "./recorded-request.ts";
export type {
  AnswerReply,
  BytesReply,
  Delivery,
  ErrorReply,
  EventsReply,
  Fault,
  Pacing,
  Reply,
  ResponseReply,
} from "./reply.ts";
export { encodeEventFrame, encodeStreamEvent } from "./wire/event-frame.ts";
