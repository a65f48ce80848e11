import { pngColour } from "../media/png-colour.ts";
import type { Content } from "./content.ts";
import type { Finding } from "./finding.ts";
import { severityOf } from "./words.ts";
import type { Harm } from "./words.ts";

type Confidence = "NONE" | "LOW" | "MEDIUM" | "HIGH";

interface Filter {
  type: string;
  harms: readonly Harm[];
  strength: keyof typeof NEEDED;
  /** The colour that an image has on average. */
  colour?: string;
  /** Looks at what users say, and not at what models do. */
  inputOnly?: true;
}

/** How sure a filter has to be, by its strength. */
const NEEDED = { LOW: "HIGH", MEDIUM: "MEDIUM", HIGH: "LOW" } as const;

const CONFIDENCES: readonly Confidence[] = ["NONE", "LOW", "MEDIUM", "HIGH"];

/** The content filters of every guardrail that has some. That of insults is the one that lets mild words pass. */
const FILTERS: readonly Filter[] = [
  { type: "HATE", harms: ["HATE"], strength: "HIGH" },
  { type: "INSULTS", harms: ["INSULTS"], strength: "MEDIUM" },
  { type: "SEXUAL", harms: ["SEXUAL"], strength: "HIGH" },
  { type: "VIOLENCE", harms: ["VIOLENCE"], strength: "HIGH", colour: "red" },
  { type: "MISCONDUCT", harms: ["MISCONDUCT"], strength: "HIGH" },
  {
    type: "PROMPT_ATTACK",
    harms: ["JAILBREAK", "PROMPT_INJECTION", "PROMPT_LEAKAGE"],
    strength: "HIGH",
    inputOnly: true,
  },
];

/** What each filter thinks of a text and, where there are some to look at, of images: red is violence. */
export function filterContent({ texts, images }: Content, isInput: boolean): Finding[] {
  const text = texts.join("\n");
  const colours = new Set(images.map(pngColour));
  return FILTERS.filter(({ inputOnly }) => isInput || !inputOnly).map(({ type, harms, strength, colour }) => {
    const severity = Math.max(...harms.map((harm) => severityOf(harm, text)));
    const confidence = colour && colours.has(colour) ? "HIGH" : confidenceOf(severity);
    const detected = CONFIDENCES.indexOf(confidence) >= CONFIDENCES.indexOf(NEEDED[strength]);
    return { type, confidence, filterStrength: strength, detected };
  });
}

/** Mild words are of low confidence, one bad word is of medium, more are of high. */
function confidenceOf(severity: number): Confidence {
  if (severity === 0) return "NONE";
  if (severity < 0.6) return "LOW";
  return severity < 0.8 ? "MEDIUM" : "HIGH";
}
