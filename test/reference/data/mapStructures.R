# Writes cases/priors-iris-k3.json: mclust's MAP fits with its default prior, from the species.
# Left out are those where mclust 6.0.0 does not do what Fraley and Raftery (2007) say: EII (the scale is forgotten), EEI
# and EVI (me and mstep divide differently), EEV and VEV.
library(mclust)
x <- as.matrix(iris[, 1:4])
labels <- as.integer(iris$Species)
number <- function(v) paste0("[", paste(sprintf("%.15g", v), collapse = ", "), "]")
fits <- sapply(c("VII", "VEI", "VVI", "EEE", "VVV"), function(model) {
  control <- emControl(tol = c(1e-13, 1e-13))
  fit <- me(x, model, unmap(labels), prior = priorControl(), control = control)
  p <- fit$parameters
  sprintf(
    '    "%s": {"log_likelihood": %.15g, "weights": %s, "means": %s, "covariances": %s}',
    model, fit$loglik, number(p$pro), number(p$mean), number(p$variance$sigma)
  )
})
case <- c(
  '{', '  "id": "priors-iris-k3", "name": "iris, default prior, five structures",',
  sprintf('  "source": {"peer": "R mclust %s me(prior=priorControl())", "kind": "peer", "script": "mapStructures.R"},', packageVersion("mclust")),
  '  "data": {"file": "iris.csv", "columns": ["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"]},',
  '  "preprocessing": [], "model": {"family": "gmm-map", "K": 3},',
  sprintf('  "init": {"kind": "hard-responsibilities", "labels": %s},', number(labels - 1)),
  '  "tolerance": {"log_likelihood_abs": 1e-5, "parameters_rel": 1e-4},',
  '  "expected": {', paste(fits, collapse = ",\n"), '  }', '}'
)
writeLines(case, "cases/priors-iris-k3.json")
