"""EM for a Bernoulli mixture in numpy, matrix products throughout, as a peer of the benchmark; see README.md."""

import os
import sys

_, folder, name, n, d, k, iterations, threads = sys.argv[1:9]
n, d, k, iterations = int(n), int(d), int(k), int(iterations)
for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(variable, None)
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = threads

import numpy as np

from serveFits import serve

x = np.fromfile(f"{folder}/{name}.x.f64").reshape(n, d)
start = np.fromfile(f"{folder}/{name}.centres.f64").reshape(k, d)


def fit():
    p, weight = start.copy(), np.full(k, 1 / k)
    for _ in range(iterations):
        joint = x @ np.log(p / (1 - p)).T
        joint += np.log(weight) + np.log1p(-p).sum(1)
        largest = joint.max(1, keepdims=True)
        joint -= largest
        np.exp(joint, out=joint)
        total = joint.sum(1, keepdims=True)
        score = (largest + np.log(total)).sum() / n
        joint /= total
        count = joint.sum(0)
        p = np.clip((joint.T @ x) / count[:, None], 1e-9, 1 - 1e-9)
        weight = count / n
    return score, iterations


serve(f"numpy {np.__version__}", fit)
