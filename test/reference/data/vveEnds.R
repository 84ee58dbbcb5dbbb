# Writes cases/vve-ends.json: where mclust's VVE ends in the cells of its tables of which EM, from the same labels, finds
# an optimum that is lower. Its step for the axes (mclustaddson.f, msvve) leaves the volumes out, so it wanders.
library(mclust)
library(jsonlite)
cells <- list(
  list("diabetes_mclust", 7), list("diabetes_mclust", 8), list("iris", 5),
  list("usarrests", 6), list("usarrests", 7), list("wine-std", 5)
)
number <- function(v) paste0("[", paste(v, collapse = ","), "]")
ends <- sapply(cells, function(cell) {
  table <- paste0("mclust-table-", cell[[1]])
  case <- fromJSON(file.path("cases", paste0(table, ".json")))
  x <- as.matrix(read.csv(file.path("tables", basename(case$data$file)), check.names = FALSE)[, case$data$columns])
  step <- case$preprocessing
  if (length(step) > 0) x <- sweep(sweep(x, 2, step$mean[[1]]), 2, step$sd[[1]], "/")
  labels <- case$init$labels_per_K[[as.character(cell[[2]])]]
  fit <- me(x, "VVE", unmap(labels), control = emControl(tol = c(1e-12, 1e-10), itmax = c(1e5, 1000)))
  sprintf(
    '    "%s %d": {"log_likelihood": %.12g, "labels": %s}',
    table, cell[[2]], fit$loglik, number(map(fit$z) - 1)
  )
})
case <- c(
  '{', '  "id": "vve-ends", "name": "ends of mclust VVE that EM does not reach from the same labels",',
  sprintf('  "source": {"peer": "R mclust %s me()", "kind": "peer", "script": "vveEnds.R"},', packageVersion("mclust")),
  '  "data": {}, "preprocessing": [],',
  '  "expected": {', paste(ends, collapse = ",\n"), '  }', '}'
)
writeLines(case, "cases/vve-ends.json")
