import { requireNode } from "../../scripts/check-node.mjs";

export default function setup(): void {
  requireNode();
}
