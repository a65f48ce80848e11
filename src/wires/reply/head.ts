/** What identifies an answer; the same in every chunk of a stream. */
export interface ReplyHead {
  id: string;
  /** Unix seconds. */
  created: number;
  /** The Bedrock id that answered. */
  model: string;
}
