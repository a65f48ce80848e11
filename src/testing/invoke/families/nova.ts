import { novaBody } from "../nova/body.ts";
import { readNova } from "../nova/read.ts";
import { writeNova, writeNovaChunks } from "../nova/write.ts";
import type { Family } from "../family.ts";
import { NOVA_RULES } from "../rule-sets.ts";

/** Amazon Nova: almost Converse, and Converse's rules. */
export const NOVA: Family = {
  name: "Amazon Nova",
  models: /^amazon\.nova-(?!canvas|reel|sonic)(?!.*(sonic|embed))/,
  claims: (body) => "messages" in body,
  shape: () => novaBody,
  rules: NOVA_RULES,
  read: (body) => ({ request: readNova(body) }),
  whole: writeNova,
  chunks: writeNovaChunks,
};
