/** What the image endpoints emit. Source: OpenAI's ImagesResponse, ImageGenCompletedEvent and ImageEditCompletedEvent. */

export type OutputFormat = "png" | "jpeg" | "webp";

export interface ImagesAnswer {
  /** Unix seconds. */
  created: number;
  data: ImageData[];
  output_format?: OutputFormat;
  /** Only of the sizes that OpenAI has. */
  size?: string;
}

export interface ImageData {
  b64_json?: string;
  /** A data URL: nothing is hosted here. */
  url?: string;
  /** Not OpenAI's: what makes the same image again. */
  seed?: number;
}

export interface ImageCompletedEvent {
  type: "image_generation.completed" | "image_edit.completed";
  b64_json: string;
  /** Unix seconds. */
  created_at: number;
  size: string;
  quality: "auto";
  background: "auto";
  output_format: OutputFormat;
  /** Required of events; Bedrock's image models count no tokens. */
  usage: {
    total_tokens: 0;
    input_tokens: 0;
    output_tokens: 0;
    input_tokens_details: { text_tokens: 0; image_tokens: 0 };
  };
  /** Not OpenAI's: what makes the same image again. */
  seed?: number;
}
