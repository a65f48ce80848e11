/** What is read of OpenAI's Model object as `GET /models` has it. */
export interface ListedModel {
  id: string;
  owned_by: string;
  name?: string;
  mode?: string;
  supports?: Partial<Record<string, boolean>>;
  bedrock: {
    type: string;
    alias_of?: string;
    provider?: string;
    lifecycle?: string;
    base_model?: string;
    regions?: readonly string[];
  };
}

/** A name of the operator's is shown whatever it leads to. */
export const isListedByDefault = ({ bedrock: { type, lifecycle } }: ListedModel): boolean =>
  type === "alias" || lifecycle !== "legacy";

/** Whether all words stand somewhere in it, in whatever case. */
export function matches(model: ListedModel, words: readonly string[]): boolean {
  const { id, name, mode, owned_by: owner, bedrock } = model;
  const { provider, base_model: base, alias_of: leadsTo } = bedrock;
  const text = [id, name, mode, owner, provider, base, leadsTo].join("\n").toLowerCase();
  return words.every((word) => text.includes(word.toLowerCase()));
}
