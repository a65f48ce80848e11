/** A picture of the caller's, known by its first bytes. */
export interface Picture {
  /** Base64. */
  base64: string;
  format: "png" | "jpeg" | "webp" | "gif";
  /** Pixels. */
  width: number;
  height: number;
  /** Where it stands in the request: `image[1]`, `mask`. */
  param: string;
}

/** Pixels. */
export interface Size {
  width: number;
  height: number;
}
