/** What charts take from the design tokens. Colours of clusters come from `shared/colour`. */
export interface ChartTheme {
  readonly font: string;
  readonly fontSize: number;
  readonly text: string;
  readonly muted: string;
  readonly hairline: string;
  readonly surface: string;
  readonly accent: string;
  /** Data that belongs to no cluster, or stands in the background. */
  readonly mark: string;
}

/** The theme as the style sheet has it now. `token` gives the value of a custom property such as `--text`. */
export function chartThemeFrom(token: (name: string) => string): ChartTheme {
  return {
    font: token('--font'),
    fontSize: Number.parseFloat(token('--text-small')) || 12,
    text: token('--text'),
    muted: token('--text-muted'),
    hairline: token('--hairline'),
    surface: token('--surface'),
    accent: token('--accent'),
    mark: token('--mark'),
  };
}

/** Text over marks and lines: in the chart's type, with a rim of the surface that keeps it readable. */
export function textOverMarks(theme: ChartTheme, color = theme.text) {
  return {
    color,
    fontFamily: theme.font,
    fontSize: theme.fontSize,
    textBorderColor: theme.surface,
    textBorderWidth: 3,
  };
}
