import { list, object, oneOf, text } from "../data-family.ts";
import type { DataFamily, ObjectShape } from "../data-family.ts";
import { embedParts } from "./embed.ts";
import type { Part } from "./embed.ts";
import {
  asyncOnly,
  contentOf,
  INPUT_TEXT,
  MEDIA_SOURCE,
  shapeByInput,
  SOURCE_MEMBERS,
  sourceProblem,
  tooLong,
} from "./marengo.ts";
import type { MediaSource } from "./marengo.ts";
import { countTokens } from "./tokens.ts";

const DIMENSIONS = 512;
const MAX_TOKENS = 500;
const PLACEHOLDER = /<@([^>]*)>/g;

/** What stands under the name that `inputType` gives. */
interface Input {
  inputText?: string;
  mediaSource?: MediaSource;
  mediaSources?: (MediaSource & { name?: string })[];
}

const CASES = {
  text: nested("text", object({ inputText: INPUT_TEXT })),
  image: nested("image", object({ mediaSource: MEDIA_SOURCE })),
  text_image: nested("text_image", object({ inputText: INPUT_TEXT, mediaSource: MEDIA_SOURCE })),
  multi_input: nested(
    "multi_input",
    object(
      {
        mediaSources: list(object({ mediaType: oneOf("image") }, { name: text, ...SOURCE_MEMBERS }), {
          min: 1,
        }),
      },
      { inputText: text },
    ),
  ),
};

/** Marengo Embed 3.0, whose body nests what it embeds: a text of 500 tokens, images, or both. */
export const MARENGO_3: DataFamily = {
  name: "TwelveLabs Marengo Embed 3.0",
  models: /^twelvelabs\.marengo-embed-3-0/,
  shape: (_, { inputType }) => shapeByInput(inputType, CASES, ["audio", "video"]),
  check: (body) => {
    const { inputType } = body;
    const refused = asyncOnly(inputType);
    if (refused !== undefined) return refused;
    const input = body[String(inputType)] as Input;
    const tokens = countTokens(input.inputText ?? "");
    if (tokens > MAX_TOKENS) return tooLong(tokens, MAX_TOKENS);
    return sourcesOf(input).map(sourceProblem).find(Boolean) ?? placeholderProblem(input);
  },
  answer: (body) => {
    const input = body[String(body["inputType"])] as Input;
    const spoken = input.inputText?.replace(PLACEHOLDER, "");
    const parts: Part[] = [...(spoken ? [spoken] : []), ...sourcesOf(input).map(contentOf)];
    // AWS's guide shows an object here, and a list where there are several vectors.
    return { body: { data: { embedding: embedParts(parts, DIMENSIONS) } } };
  },
};

function nested(inputType: string, shape: ObjectShape): ObjectShape {
  return object({ inputType: oneOf(inputType), [inputType]: shape }, { inferenceId: text });
}

function sourcesOf({ mediaSource, mediaSources = [] }: Input): MediaSource[] {
  return mediaSource ? [mediaSource] : mediaSources;
}

function placeholderProblem({ inputText = "", mediaSources = [] }: Input): string | undefined {
  const asked = [...inputText.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
  const names = new Set(mediaSources.map(({ name }) => name));
  const missing = asked.find((name) => !names.has(name));
  return missing === undefined
    ? undefined
    : `No media source is named ${missing}, which inputText refers to.`;
}
