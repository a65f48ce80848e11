import { createTagSplitter, type Piece, type TagPair, type TagSplitter } from "./tag-splitter.ts";

/** What open models put around the thoughts that an answer begins with. Source: aws-bedrock §C.3. */
const TAGS: readonly TagPair[] = [
  { open: "<reasoning>", close: "</reasoning>" },
  { open: "<think>", close: "</think>" },
];

/** Tells thoughts from the answer, whichever of the tags encloses them. */
export const createThoughtSplitter = (): TagSplitter => TAGS.map(createTagSplitter).reduce(inTurn);

/** What the first splitter takes for text goes on to the second. */
function inTurn(first: TagSplitter, second: TagSplitter): TagSplitter {
  const goOn = (piece: Piece): Piece[] => (piece.kind === "text" ? second.push(piece.text) : [piece]);
  return {
    push: (text) => first.push(text).flatMap(goOn),
    end: () => [...first.end().flatMap(goOn), ...second.end()],
  };
}
