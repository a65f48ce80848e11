import { AI21_J2 } from "./families/ai21-j2.ts";
import { ANTHROPIC_MESSAGES } from "./families/anthropic-messages.ts";
import { ANTHROPIC_TEXT } from "./families/anthropic-text.ts";
import { COHERE_COMMAND_R } from "./families/cohere-command-r.ts";
import { COHERE_COMMAND } from "./families/cohere-command.ts";
import { DEEPSEEK_R1 } from "./families/deepseek-r1.ts";
import { IMPORTED_COMPLETION } from "./families/imported-completion.ts";
import { IMPORTED_OPENAI_CHAT } from "./families/imported-openai-chat.ts";
import { IMPORTED_OPENAI_COMPLETION } from "./families/imported-openai-completion.ts";
import { JAMBA } from "./families/jamba.ts";
import { LLAMA } from "./families/llama.ts";
import { MISTRAL_CHAT } from "./families/mistral-chat.ts";
import { MISTRAL_TEXT } from "./families/mistral-text.ts";
import { NOVA } from "./families/nova.ts";
import { OPENAI_CHAT } from "./families/openai-chat.ts";
import { PEGASUS } from "./families/pegasus.ts";
import { TITAN_TEXT } from "./families/titan-text.ts";
import type { Family } from "./family.ts";

/** Every family that InvokeModel serves; where several serve one model, the first that claims the body. */
export const FAMILIES: readonly Family[] = [
  ANTHROPIC_MESSAGES,
  ANTHROPIC_TEXT,
  NOVA,
  TITAN_TEXT,
  LLAMA,
  IMPORTED_OPENAI_CHAT,
  IMPORTED_OPENAI_COMPLETION,
  IMPORTED_COMPLETION,
  OPENAI_CHAT,
  MISTRAL_CHAT,
  MISTRAL_TEXT,
  DEEPSEEK_R1,
  COHERE_COMMAND_R,
  COHERE_COMMAND,
  JAMBA,
  AI21_J2,
  PEGASUS,
];
