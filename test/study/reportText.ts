import { pooled, type Calibration } from './calibration';
import { rules, type Rule } from './rules';
import type { RuleOutcome, ScenarioOutcome, StudyReport } from './report';
import type { StudySize } from './studySet';

/** The report as a page of documentation. */
export function reportText(report: StudyReport, size: StudySize): string {
  const { scenarios } = report;
  return [
    '# How many clusters: what each rule finds',
    `Made by \`npm run study\`, which draws data sets whose groups are known and lets every rule choose their number. Why the program chooses as it does: [choosing-k.md](choosing-k.md). The same numbers for machines: [selection-study.json](selection-study.json).`,
    `Compared are 1 to ${size.most} clusters, by full, tied, diagonal and spherical covariances where columns are numbers, a Bernoulli mixture where they are yes/no, and mixed types with diagonal and full covariances; the probabilities of the last two have a light prior. Columns are standardised, by the training rows of each split. ${size.restarts} restarts a fit (from k-means++ rows) to a relative change of 1e-5, ten folds, ${size.monteCarloSplits} Monte-Carlo splits with half of the rows held out, ${size.references} references of the gap (along the principal axes, squared distances), ${String(size.replicates)} replicates of a bootstrap test at 5 %. A rule that compares models chooses among all of them. Errors are Monte-Carlo errors, one standard error.`,
    '## Share of right answers',
    ...rightTables(scenarios),
    '## What was chosen instead',
    'Sets by the number of clusters that each rule chose.',
    ...scenarios.flatMap(chosenTable),
    '## Whether probabilities of belonging are right',
    'Of rows whose largest probability of belonging lies in a bin, the share that is in the right cluster, by the fit with as many clusters as there are groups that predicts best; clusters are matched to groups as a whole. A calibrated model is right as often as it says. The error is one standard error as if rows were independent, which those of one set are not.',
    calibrationTable(report),
  ]
    .join('\n\n')
    .concat('\n');
}

const ruleNames = Object.keys(rules) as Rule[];

function rightTables(scenarios: readonly ScenarioOutcome[]): string[] {
  const isNoise = ({ truth }: ScenarioOutcome): boolean => truth === 1;
  const tableOf = (own: readonly ScenarioOutcome[]): string =>
    table(
      ['Rule', ...own.map(({ name }) => name)],
      ruleNames.map((rule) => [rules[rule], ...own.map((one) => share(one.rules[rule]))]),
    );
  return [
    list(scenarios.map(({ name, title, rows, sets }) => `**${name}** ${title}; ${rows} rows, ${sets} sets`)),
    'No groups: one cluster is right.',
    tableOf(scenarios.filter(isNoise)),
    'Three groups.',
    tableOf(scenarios.filter((one) => !isNoise(one))),
  ];
}

function chosenTable({ name, rules: found }: ScenarioOutcome): string[] {
  const sizes = [
    ...new Set(Object.values(found).flatMap(({ chosen }) => Object.keys(chosen).map(Number))),
  ].sort((a, b) => a - b);
  const rows = ruleNames.flatMap((rule) => {
    const outcome = found[rule];
    return outcome
      ? [[rules[rule], ...sizes.map((k) => String(outcome.chosen[k] ?? '')), String(outcome.sets)]]
      : [];
  });
  return [`### ${name}`, table(['Rule', ...sizes.map(String), 'sets'], rows)];
}

function calibrationTable({ binEdges, scenarios }: StudyReport): string {
  const own = scenarios.flatMap(({ name, calibration }) => (calibration ? [{ name, calibration }] : []));
  const all = pooled(own.map(({ calibration }) => calibration));
  const rightIn = ({ rows, right }: Calibration, bin: number): string =>
    share({ sets: rows[bin], right: right[bin] });
  return table(
    ['Probability', 'rows', 'says', 'is right', ...own.map(({ name }) => name)],
    binEdges
      .slice(1)
      .map((to, bin) => [
        `${binEdges[bin]} to ${to}`,
        String(all.rows[bin]),
        all.rows[bin] > 0 ? percent(all.posterior[bin] / all.rows[bin]) : '-',
        rightIn(all, bin),
        ...own.map(({ calibration }) => rightIn(calibration, bin)),
      ]),
  );
}

/** `97.0 ± 1.7 %`, or `-` where there is nothing to tell. */
function share(outcome: Pick<RuleOutcome, 'sets' | 'right'> | undefined): string {
  if (outcome === undefined || outcome.sets === 0) return '-';
  const value = outcome.right / outcome.sets;
  const error = Math.sqrt((value * (1 - value)) / outcome.sets);
  return `${(100 * value).toFixed(1)} ± ${(100 * error).toFixed(1)} %`;
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, 4, ...rows.map((row) => row[column].length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}
