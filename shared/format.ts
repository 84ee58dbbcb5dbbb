/**
 * Numbers and durations as text, for every screen and report: a point as decimal mark, a comma between
 * thousands of counts, a hyphen as minus so that what is shown can be searched for and copied.
 */

const wholeNumber = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A count: `1,000,000`. */
export function formatCount(count: number): string {
  return wholeNumber.format(count);
}

/** A count with its noun: `1 row`, `272 rows`. */
export function formatCounted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/**
 * A quantity to `digits` significant digits, without exponent where it can be read without: `3.49`, `0.00012`,
 * `1240`, `1.2e-9`. Whole digits before the point are never rounded away. Not a number gives an empty text.
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value > 0 ? 'infinite' : '-infinite';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e12 || size < 1e-5) return trimExponential(value.toExponential(digits - 1));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const text = trimZeros(value.toFixed(Math.min(decimals, 20)));
  return text === '-0' ? '0' : text;
}

/** The objective or a criterion, for comparison between runs: three decimals, or more when it is small. */
export function formatObjective(value: number): string {
  const size = Math.abs(value);
  return size >= 1 && size < 1e12 ? value.toFixed(3) : formatNumber(value, 6);
}

/** A share of the whole as a percentage of at most one decimal: `36.1 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  return `${trimZeros(percent.toFixed(1))} %`;
}

/** A probability with three decimals; only an exact 0 or 1 is written as such. */
export function formatProbability(probability: number): string {
  if (Number.isNaN(probability)) return '';
  if (probability === 0 || probability === 1) return String(probability);
  if (probability > 0.9995) return '> 0.999';
  if (probability < 0.0005) return '< 0.001';
  return probability.toFixed(3);
}

/** A duration: `8 ms`, `1.2 s`, `2 min 05 s`, `1 h 04 min`. */
export function formatDuration(elapsedMs: number): string {
  if (elapsedMs < 1000) return `${Math.round(elapsedMs)} ms`;
  const seconds = elapsedMs / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const wholeSeconds = Math.round(seconds);
  if (wholeSeconds < 60) return `${wholeSeconds} s`;
  const minutes = Math.floor(wholeSeconds / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(wholeSeconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

/** A size in decimal units: `812 B`, `9.1 kB`, `44.9 MB`. */
export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1000) return `${sizeBytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let size = sizeBytes / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size < 99.5 ? trimZeros(size.toFixed(1)) : Math.round(size)} ${units[unit]}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function trimExponential(text: string): string {
  return text.replace(/\.?0*e\+?/, 'e');
}
