type Predict = (left: number, up: number, corner: number) => number;

const PREDICTIONS: readonly (Predict | undefined)[] = [
  undefined,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

/** Undoes the filter that each row of a PNG names in its first byte; `step` is the bytes of a pixel. */
export function unfilter(raw: Buffer, stride: number, height: number, step: number): Buffer {
  const data = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const from = y * (stride + 1) + 1;
    const row = data.subarray(y * stride, (y + 1) * stride);
    const above = y === 0 ? Buffer.alloc(stride) : data.subarray((y - 1) * stride, y * stride);
    raw.copy(row, 0, from, from + stride);
    const predict = PREDICTIONS[raw[from - 1] ?? 0];
    if (predict) addPredictions(row, above, step, predict);
  }
  return data;
}

function addPredictions(row: Buffer, above: Buffer, step: number, predict: Predict): void {
  for (let x = 0; x < row.length; x += 1) {
    const left = x < step ? 0 : (row[x - step] ?? 0);
    const corner = x < step ? 0 : (above[x - step] ?? 0);
    row[x] = (row[x] ?? 0) + predict(left, above[x] ?? 0, corner);
  }
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - corner - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
