/** How light each pixel is, row by row, a byte each. */
export type Greys = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** Degrees. Less is not seen; more is no slip of the paper but how somebody meant it. */
const least = 0.3;
const most = 10;
/** Looked at a little beyond, so that what leans further is not taken for what leans just so far. */
const looked = 12;
/** Of 255: light by so much more beneath a dark pixel, and a letter or a rule ends there. */
const edge = 40;
const fewest = 200;
/** How much sharper the lines of a page must stand out at the best angle than at a common one, and than as it lies. */
const sharper = 1.35;
const better = 1.08;

/** Where something dark ends above something light: the feet of letters, the undersides of rules, whatever the lighting. */
const feet = ({ width, height, pixels }: Greys): { xs: Float64Array; ys: Float64Array } => {
  const [xs, ys]: [number[], number[]] = [[], []];
  const light = (x: number, y: number): number => pixels[y * width + x] ?? 255;
  // The outermost pixels are the scanner's lid.
  const margin = Math.round(width * 0.02);
  for (let y = margin; y < height - margin - 1; y++)
    for (let x = margin; x < width - margin; x++)
      if (light(x, y + 1) - light(x, y) > edge) {
        xs.push(x - width / 2);
        ys.push(y - height / 2);
      }
  return { xs: Float64Array.from(xs), ys: Float64Array.from(ys) };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** How sharp the lines of a page stand out: at the best of all angles, at a common one, and as it lies. */
const profileOf = (picture: Greys) => {
  const { xs, ys } = feet(picture);
  if (xs.length < fewest) return undefined;
  const reach = Math.ceil(Math.hypot(picture.width, picture.height) / 2) + 2;
  const bins = new Float64Array(2 * reach);
  const sharpness = (degrees: number): number => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    bins.fill(0);
    for (let i = 0; i < xs.length; i++) {
      const at = (ys[i] ?? 0) * cos - (xs[i] ?? 0) * sin + reach;
      // Shared between two bins, so that no angle is favoured by where the pixels fall.
      const low = Math.floor(at);
      bins[low] = (bins[low] ?? 0) + 1 - (at - low);
      bins[low + 1] = (bins[low + 1] ?? 0) + at - low;
    }
    let sum = 0;
    for (const one of bins) sum += one * one;
    return sum;
  };
  const best = (from: number, to: number, step: number): { angle: number; all: number[] } => {
    let [angle, sharpest] = [0, -1];
    const all: number[] = [];
    for (let at = from; at <= to + 1e-9; at += step) {
      const now = sharpness(at);
      all.push(now);
      if (now > sharpest) [angle, sharpest] = [at, now];
    }
    return { angle, all };
  };
  const rough = best(-looked, looked, 0.5);
  const { angle } = best(rough.angle - 0.5, rough.angle + 0.5, 0.05);
  return { angle, sharpest: sharpness(angle), common: median(rough.all), asItLies: sharpness(0) };
};

/**
 * By how many degrees the lines of a page go down to the right, from the sharpest of its projections; 0 where it lies
 * straight, leans by more than ten degrees, or has no lines to tell by (a photograph of people, a drawing). A hundred dots an
 * inch are enough. Both who sets pictures straight and who reads them ask here.
 */
export const skewOf = (picture: Greys): number => {
  const profile = profileOf(picture);
  if (!profile || Math.abs(profile.angle) < least || Math.abs(profile.angle) > most) return 0;
  const { angle, sharpest, common, asItLies } = profile;
  return sharpest > sharper * common && sharpest > better * asItLies ? angle : 0;
};

/**
 * How much the lines that go across a page, at whatever slope, stand out: 0 where there are none. Letters in even columns stand
 * out downwards too, but less: lines lie farther apart than letters.
 */
export const linesAcross = (picture: Greys): number => {
  const profile = profileOf(picture);
  return profile && profile.sharpest > sharper * profile.common ? profile.sharpest / profile.common : 0;
};
