import type OpenAI from "openai";
import type { House } from "./bedrock.ts";
import { clientOf } from "./client-of.ts";

/** The official client on a house's own handler. */
export const openAIOn = (house: House): OpenAI => clientOf(house.handler);
