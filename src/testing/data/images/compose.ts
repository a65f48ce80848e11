import type { Picture } from "../image-tools.ts";
import type { Mask } from "./mask.ts";

/** `over` where the mask paints, `under` where it does not; opaque. */
export function blend(under: Picture, over: Picture, mask: Mask): Picture {
  const { width, height } = under;
  return {
    width,
    height,
    row: (y) => {
      const [below, above, shares] = [under.row(y), over.row(y), mask.row(y)];
      const row = new Uint8Array(width * 4).fill(255);
      for (let x = 0; x < width; x += 1) {
        const share = (shares[x] ?? 0) / 255;
        for (let at = x * 4; at < x * 4 + 3; at += 1) {
          row[at] = Math.round((below[at] ?? 0) * (1 - share) + (above[at] ?? 0) * share);
        }
      }
      return row;
    },
  };
}

/** Only what the mask shows; the rest is transparent. */
export function cutOut(picture: Picture, mask: Mask): Picture {
  return {
    ...picture,
    row: (y) => {
      const [row, shown] = [picture.row(y).slice(), mask.row(y)];
      for (const [x, alpha] of shown.entries()) row[x * 4 + 3] = alpha;
      return row;
    },
  };
}

/** The picture larger, each pixel a block. */
export function enlarge(picture: Picture, width: number, height: number): Picture {
  let last: { y: number; row: Uint8Array } | undefined;
  const stretched = (y: number) => {
    const source = new Uint32Array(picture.row(y).slice().buffer);
    const row = Uint32Array.from(
      { length: width },
      (_, x) => source[Math.floor((x * picture.width) / width)] ?? 0,
    );
    return new Uint8Array(row.buffer);
  };
  return {
    width,
    height,
    row: (at) => {
      const y = Math.floor((at * picture.height) / height);
      if (last?.y !== y) last = { y, row: stretched(y) };
      return last.row;
    },
  };
}

/** The picture on a larger one, `left` and `up` pixels from its corner. */
export function lay(picture: Picture, ground: Picture, left: number, up: number): Picture {
  return {
    ...ground,
    row: (y) => {
      if (y < up || y >= up + picture.height) return ground.row(y);
      const row = ground.row(y).slice();
      row.set(picture.row(y - up), left * 4);
      return row;
    },
  };
}
