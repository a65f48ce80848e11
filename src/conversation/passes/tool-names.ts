import type { Adjustment } from "../../adjustments.ts";
import type { Fitted } from "../fitting.ts";
import { mapContent, mapped } from "../map-content.ts";
import { BEDROCK_FORM, createIdentifiers, isValidIdentifier } from "../identifiers.ts";
import type { Traits } from "../traits.ts";
import type { ContentBlock, Conversation, Tool } from "../types.ts";

/**
 * Tool names within Bedrock's alphabet and 64 characters, in the offer, the choice and the history alike; the answer
 * gives the caller's names back. Of two tools with one name the first is kept.
 */
export function toolNames(conversation: Conversation, { reservedToolNames }: Traits): Fitted {
  const names = fittedNames(namesIn(conversation), reservedToolNames);
  const renamed = [...names].filter(([original, fitted]) => original !== fitted);
  const fitted = (name: string): string => names.get(name) ?? name;

  const renamedCall = (block: ContentBlock): ContentBlock =>
    block.toolUse && fitted(block.toolUse.name) !== block.toolUse.name
      ? { toolUse: { ...block.toolUse, name: fitted(block.toolUse.name) } }
      : block;

  const offered = conversation.toolConfig?.tools ?? [];
  const tools = firstOfEachName(offered);
  const choice = conversation.toolConfig?.toolChoice;
  return {
    conversation: {
      ...mapContent(conversation, (content) => mapped(content, renamedCall)),
      ...(conversation.toolConfig && {
        toolConfig: {
          tools: tools.map((tool) =>
            tool.toolSpec ? { toolSpec: { ...tool.toolSpec, name: fitted(tool.toolSpec.name) } } : tool,
          ),
          ...(choice && { toolChoice: choice.tool ? { tool: { name: fitted(choice.tool.name) } } : choice }),
        },
      }),
    },
    adjustments: [...renamed.map(renaming), ...(tools.length < offered.length ? [DUPLICATE] : [])],
    restore: { toolNames: new Map(renamed.map(([original, sent]) => [sent, original])) },
  };
}

function namesIn(conversation: Conversation): Set<string> {
  const names = new Set(conversation.toolConfig?.tools.flatMap((tool) => tool.toolSpec?.name ?? []));
  for (const message of conversation.messages) {
    for (const { toolUse } of message.content) if (toolUse) names.add(toolUse.name);
  }
  return names;
}

/** Names that are fine keep themselves, whatever a renamed one would have liked to be called. */
function fittedNames(originals: ReadonlySet<string>, reserved: readonly string[]): Map<string, string> {
  const isFine = (name: string): boolean => isValidIdentifier(name) && !reserved.includes(name);
  const toIdentifier = createIdentifiers(BEDROCK_FORM, [...reserved, ...[...originals].filter(isFine)]);
  const names = new Map<string, string>();
  for (const original of originals) names.set(original, isFine(original) ? original : toIdentifier(original));
  return names;
}

function firstOfEachName(tools: readonly Tool[]): Tool[] {
  const seen = new Set<string>();
  return tools.filter(({ toolSpec }) => !toolSpec || seen.size < seen.add(toolSpec.name).size);
}

const DUPLICATE: Adjustment = {
  param: "tools",
  action: "dropped",
  reason: "Only the first tool of a name is sent.",
};

const renaming = ([original, sent]: readonly [string, string]): Adjustment => ({
  param: "tools",
  action: "renamed",
  reason: `'${original.slice(0, 80)}' is sent as '${sent}'.`,
});
