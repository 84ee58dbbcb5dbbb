# Writes cases/maxse.json: which K each rule of cluster::maxSE chooses on random curves, far from ties.
library(cluster)
set.seed(20)
rules <- c(
  tibshirani = "Tibs2001SEmax", firstSEmax = "firstSEmax", globalSEmax = "globalSEmax",
  firstMax = "firstmax", globalMax = "globalmax"
)
numbers <- function(v) paste0("[", paste(sprintf("%.6f", v), collapse = ", "), "]")
curve <- function(i) {
  gap <- round(cumsum(rnorm(sample(1:9, 1), 0.1, 0.3)), 6)
  error <- round(runif(length(gap), 0, 0.4), 6)
  chosen <- sapply(rules, function(rule) maxSE(gap, error, rule))
  sprintf(
    '      {"gap": %s, "standard_error": %s, "chosen": {%s}}',
    numbers(gap), numbers(error), paste(sprintf('"%s": %d', names(rules), chosen), collapse = ", ")
  )
}
case <- c(
  '{', '  "id": "maxse", "name": "rules by which a gap curve chooses K, random curves",',
  sprintf('  "source": {"peer": "R cluster %s maxSE", "kind": "peer", "script": "maxSE.R"},', packageVersion("cluster")),
  '  "data": {}, "preprocessing": [], "model": {"family": "gap-statistic"},',
  '  "tolerance": {},', '  "expected": {', '    "curves": [',
  paste(sapply(1:100, curve), collapse = ",\n"), '    ]', '  }', '}'
)
writeLines(case, "cases/maxse.json")
