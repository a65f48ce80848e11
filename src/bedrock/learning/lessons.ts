import { EFFORTS } from "../../conversation/reasoning/efforts.ts";
import { hasPath } from "../../conversation/additional-fields.ts";
import type { Traits } from "../../conversation/traits.ts";
import type { Conversation } from "../../conversation/types.ts";

/** What one refusal by AWS tells of a model. */
export interface Lesson {
  traits: Partial<Traits>;
  /** False for what was wrong with this one request, not with every request to the model. */
  remembered: boolean;
}

type Teach = (match: RegExpExecArray, traits: Traits, sent: Conversation) => Partial<Traits> | undefined;

type Rows = readonly (readonly [RegExp, Teach])[];

const without = <Item>(items: readonly Item[], item: unknown): Item[] =>
  items.filter((each) => each !== item);

/** The sampling that is left when one of its two knobs is refused. */
function withoutKnob(sampling: Traits["sampling"], knob = ""): Traits["sampling"] {
  const refused = knob === "temperature" ? "temperature" : "topP";
  if (sampling === "both" || sampling === "one") return refused === "topP" ? "temperature" : "topP";
  return sampling === refused ? "none" : sampling;
}

/** A field that was sent: nothing else can have been refused, whatever it says. */
const refuses =
  (paths: (match: RegExpExecArray) => string[][]): Teach =>
  (match, { refusedFields }, sent) => {
    const fields = sent.additionalModelRequestFields ?? {};
    const path = paths(match).find((candidate) => hasPath(fields, candidate));
    return path && { refusedFields: [...refusedFields, path] };
  };

/** A key with dots is one key; without it, they lead into objects. */
const dotted = (text: string): string[][] => [[text], text.split(".")];

/** Converse's own members, by the path in "doesn't support the … field". */
const MEMBERS: Rows = [
  [/(^|\.)(temperature|topP)$/, ([, , knob], { sampling }) => ({ sampling: withoutKnob(sampling, knob) })],
  [/(^|\.)stopSequences$/, () => ({ stopSequences: false })],
  [/(^|\.)topK$|^top_k$/, () => ({ topK: "none" })],
  [/toolChoice\.(\w+)$/, ([, kind], { toolChoice }) => ({ toolChoice: without(toolChoice, kind) })],
  [/toolChoice$/, () => ({ toolChoice: [] })],
  [/toolSpec\.strict$/, () => ({ strictTools: false })],
  [/outputConfig\.textFormat/, () => ({ structuredOutput: "tool" })],
  [/reasoningContent/, () => ({ reasoningReplay: "none" })],
  [/cachePoint\.ttl|^ttl$/, () => ({ cacheTtl: false })],
  [/cachePoint/, () => ({ cachePoints: [] })],
  [/serviceTier/, () => ({ serviceTiers: [] })],
  [/^(image|document|video|audio)$/, ([, kind]) => ({ [PLURALS[kind!]!]: false })],
  [/s3Location/, () => ({ s3Media: false })],
  [/toolResult\.status$/, () => ({ toolResultStatus: false })],
];

const PLURALS: Readonly<Record<string, keyof Traits>> = {
  image: "images",
  document: "documents",
  video: "video",
  audio: "audio",
};

/** What the first row says that matches. */
function teachBy(rows: Rows, text: string, traits: Traits, sent: Conversation): Partial<Traits> | undefined {
  for (const [pattern, teach] of rows) {
    const found = pattern.exec(text);
    if (found) return teach(found, traits, sent);
  }
  return undefined;
}

const teachMember: Teach = ([, path = ""], traits, sent) => teachBy(MEMBERS, path, traits, sent);

/** What fitting wrote teaches about the model; what a caller wrote into the model's own body, about the caller. */
const unlessCallers =
  (lesson: Partial<Traits>): Teach =>
  ([path], _, { additionalModelRequestFields: fields = {} }) => {
    const [member = "", inner = ""] = path.split(".");
    // An effort beside it is fitting's own.
    const isCallers = hasPath(fields, member === "output_config" ? [member, inner] : [member]);
    return isCallers ? undefined : lesson;
  };

/** Members of Claude's own body, by the path in "Extra inputs are not permitted". */
const NATIVE: Rows = [
  [/^tools\.\d+\.(custom\.)?strict$/, unlessCallers({ strictTools: false })],
  [/^output_config\.format$/, unlessCallers({ structuredOutput: "tool" })],
  [/^((system|messages|tools)\.[\w.]*)?cache_control\.(\w+\.)?ttl$/, unlessCallers({ cacheTtl: false })],
  [/^thinking\.\w+\.(\w+)$/, refuses(([, member]) => [["thinking", member!]])],
  [/^(messages|tools|system)\./, () => undefined],
  [/^([\w.]+)$/, refuses(([path]) => dotted(path))],
];

const teachNative: Teach = ([, path = ""], traits, sent) => teachBy(NATIVE, path, traits, sent);

const knowsEfforts: Teach = ([, list = ""], { reasoning }) => {
  const efforts = EFFORTS.filter((effort) => new RegExp(`\\b${effort}\\b`).test(list));
  return efforts.length > 0 ? { reasoning: { ...reasoning, efforts } } : undefined;
};

/**
 * AWS's wording → what to do differently; the first row that matches decides. All are anchored: a refusal may quote the
 * caller, and nobody may teach by being quoted.
 */
const LESSONS: Rows = [
  [
    /^#(\/[\w/]*)?: extraneous key \[([\w.-]{1,64})\]/,
    refuses(([, at = "", key]) => [[...at.split("/").filter(Boolean), key!]]),
  ],
  [/^([\w.]{1,100}): Extra inputs are not permitted/, teachNative],
  [/^"thinking\.type\.enabled" is not supported/, () => ({ reasoning: ADAPTIVE, prefill: false })],
  [
    /^Unsupported value: 'reasoning[._]effort' does not support '\w+' with this model\. Supported values are: (.+)/,
    knowsEfforts,
  ],
  [/^This model does not support effort level '\w+'\. Supported levels: (.+)/, knowsEfforts],
  [/^Unknown parameter: '([\w.]{1,64})'/, refuses(([, key]) => dotted(key!))],
  [/^`?temperature`? and `?top_p`? cannot both be specified/, () => ({ sampling: "one" })],
  [/^`?top_k`? (is deprecated|is not supported)/, () => ({ topK: "none" })],
  [
    /^`?(temperature|top_p)`? (is deprecated|is not supported)/,
    ([, knob], { sampling }) => ({ sampling: withoutKnob(sampling, knob) }),
  ],
  [
    /^tool_choice: type '(\w+)' is not supported/,
    ([, kind], { toolChoice }) => ({ toolChoice: without(toolChoice, kind) }),
  ],
  [/^This model doesn't support tool use in streaming mode/, () => ({ streamingTools: false })],
  [/^This model doesn't support tool use/, () => ({ tools: false })],
  [/^This model doesn't support system messages/, () => ({ system: false })],
  [/^This model doesn't support documents/, () => ({ documents: false })],
  [
    /^This model doesn't support the \w+ field that you provided in the toolResult/,
    () => ({ toolResultMedia: [] }),
  ],
  [/^This model doesn't support the (\w+) content block/, teachMember],
  [/^This model doesn't support the ([\w.]{1,100}) field/, teachMember],
  [/^This model does not support assistant message prefill/, () => ({ prefill: false })],
  [/^messages\.\d+: role 'system' is not supported/, () => ({ systemTurns: false })],
  [/^User messages cannot contain reasoning content/, () => ({ reasoningReplay: "none" })],
  [/^Extended TTL prompt caching is only supported/, () => ({ cacheTtl: false })],
  [
    /^The service tier (\w+) is not supported/,
    ([, tier], { serviceTiers }) => ({ serviceTiers: without(serviceTiers, tier) }),
  ],
  [
    /^The maximum tokens you requested exceeds the model limit of (\d{1,9})\./,
    ([, limit]) => ({ maxOutputTokens: Number(limit) }),
  ],
  [/^Latency performance configuration is not supported/, () => ({ optimizedLatency: false })],
  [
    /^You invoked an unsupported model or your request did not allow prompt caching/,
    () => ({ cachePoints: [] }),
  ],
];

/** What AWS says before it says what the model said. */
const PREAMBLE = /^(The model returned the following errors: |Malformed input request: )+/;

const ADAPTIVE: Traits["reasoning"] = {
  kind: "adaptive",
  efforts: ["low", "medium", "high", "xhigh", "max"],
  off: "omit",
};

const NO_SWITCH: Traits["reasoning"] = { kind: "none", efforts: [], off: "omit" };

/** What was wrong with this request alone. */
const ONCE: readonly (readonly [RegExp, Partial<Traits> | Teach])[] = [
  [
    /^(output_config\.format\.schema|tools\.\d+\.custom\.input_schema): (?!input_schema does not)/,
    { strictTools: false, structuredOutput: "tool" },
  ],
  [/^#\/toolConfig\/[\w/]*: extraneous key/, { toolSchema: "plain" }],
  // Which keys they are, AWS does not say.
  [
    /^\d+ schema violations found/,
    (_, { refusedFields }, { additionalModelRequestFields: fields = {} }) =>
      Object.keys(fields).length > 0
        ? { refusedFields: [...refusedFields, ...Object.keys(fields).map((key) => [key])] }
        : undefined,
  ],
  // Which flag it is, AWS does not say.
  [/^invalid beta flag/i, { anthropicBeta: false }],
  // A caller may have asked for a kind of thinking in the model's own words that it does not know.
  [/^(enabled|adaptive|disabled|between_tools) thinking is not supported/, { reasoning: NO_SWITCH }],
  [/^messages\.[\w.]+: Invalid `signature` in `thinking` block/, { reasoningReplay: "none" }],
  [
    /^([\w.]+: )?([Tt]he )?compiled grammar is too large|^[Ss]chema is too complex/,
    { strictTools: false, structuredOutput: "tool" },
  ],
];

/** What AWS's refusal of what was sent teaches about a model; undefined where it teaches nothing. */
export function lessonOf(refusal: string, traits: Traits, sent: Conversation): Lesson | undefined {
  const message = refusal.replace(PREAMBLE, "");
  for (const [pattern, taught] of ONCE) {
    const match = pattern.exec(message);
    const once = match && (typeof taught === "function" ? taught(match, traits, sent) : taught);
    if (once) return { traits: once, remembered: false };
  }
  const learnt = teachBy(LESSONS, message, traits, sent);
  return learnt && { traits: learnt, remembered: true };
}
