# mclust's EM from a hard start as a peer of the benchmark; the protocol is in README.md. Kinds are mclust's models.
suppressMessages(library(mclust))
given <- commandArgs(TRUE)
kind <- given[1]
n <- as.integer(given[4]); d <- as.integer(given[5]); k <- as.integer(given[6]); iterations <- as.integer(given[7])
numbers <- function(what, rows) {
  file <- file.path(given[2], paste0(given[3], ".", what, ".f64"))
  matrix(readBin(file, "double", rows * d), rows, d, byrow = TRUE)
}
x <- numbers("x", n)
centres <- numbers("centres", k)
distance <- sapply(1:k, function(j) rowSums((x - rep(centres[j, ], each = n))^2))
z <- unmap(max.col(-distance, ties.method = "first"))
rm(distance)
control <- emControl(tol = c(0, 0), itmax = c(iterations, iterations))
cat(sprintf('{"ready": "mclust %s, R %s"}\n', packageVersion("mclust"), getRversion()))
input <- file("stdin", "r")
while (length(readLines(input, 1)) == 1) {
  time <- system.time(fit <- me(x, modelName = kind, z = z, control = control))
  status <- readLines("/proc/self/status")
  peak <- as.numeric(gsub("[^0-9]", "", grep("^VmHWM", status, value = TRUE))) * 1024
  cat(sprintf('{"seconds": %.6f, "cpu": %.6f, "score": %.17g, "iterations": %d, "peakBytes": %.0f}\n',
    time[3], time[1] + time[2], fit$loglik / n, iterations, peak))
}
