import type { MessageItem } from "../../../openai/responses/items.ts";
import type { Read } from "./reading.ts";
import { instructionContent, marks, userContent } from "./parts.ts";

/** A message of anyone's, whether the caller wrote it or an answer told it. */
export function readMessage(item: MessageItem, at: string): Read[] {
  switch (item.role) {
    case "user": {
      const content = userContent(item.content, `${at}.content`);
      return [{ told: { message: { role: "user", content, ...marks(item) }, at } }];
    }
    case "assistant": {
      const { content } = item;
      const said = typeof content === "string" ? content : content.map(spoken);
      return [{ told: { message: { role: "assistant", content: said, ...marks(item) }, at } }];
    }
    default: {
      // Chat knows both roles, and the models but one.
      const content = instructionContent(item.content);
      return [{ told: { message: { role: "developer", content, ...marks(item) }, at } }];
    }
  }
}

/** Some clients tell all text alike. */
const spoken = <Part extends { type: string }>(part: Part): Part =>
  part.type === "input_text" ? { ...part, type: "text" } : part;
