"""The study of K and the covariance model on iris by scikit-learn; the protocol is in README.md. Arguments: table,
tolerance (change of the log-likelihood per row), processes."""

import json
import os
import resource
import sys
import time
import warnings

table, tolerance, processes = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
# Small matrices: more threads inside a process only stand in each other's way.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["PYTHONWARNINGS"] = "ignore"

import numpy as np
import sklearn
from joblib import Parallel, delayed
from joblib.externals.loky import get_reusable_executor
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
header = open(table).readline().strip().replace('"', "").split(",")
columns = [header.index(name) for name in ("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width")]
x = np.genfromtxt(table, delimiter=",", skip_header=1, usecols=columns)
fold = np.arange(len(x)) % 10


def score(kind, k, held_out):
    train, test = (x, x) if held_out is None else (x[fold != held_out], x[fold == held_out])
    mean, sd = train.mean(0), train.std(0)
    try:
        model = GaussianMixture(
            k, covariance_type=kind, tol=tolerance, max_iter=1000, n_init=10, reg_covar=1e-6, random_state=1
        ).fit((train - mean) / sd)
        return model.score((test - mean) / sd) - np.log(sd).sum()
    except ValueError:
        return float("nan")


def study():
    cells = [
        (kind, k, held_out)
        for held_out in [None, *range(10)]
        for k in range(1, 11)
        for kind in ("full", "tied", "diag", "spherical")
    ]
    found = Parallel(n_jobs=processes)(delayed(score)(*cell) for cell in cells)
    # The time of processes is known when they have ended.
    get_reusable_executor().shutdown(wait=True)
    return np.mean([value for cell, value in zip(cells, found) if cell[:2] == ("full", 2) and cell[2] is not None])


print(json.dumps({"ready": f"scikit-learn {sklearn.__version__}, {processes} processes"}), flush=True)
for _ in sys.stdin:
    began, began_cpu = time.perf_counter(), os.times()
    average = study()
    spent = os.times()
    cpu = sum(spent[:4]) - sum(began_cpu[:4])
    result = {
        "seconds": time.perf_counter() - began,
        "cpu": cpu,
        "score": float(average),
        "iterations": 1,
        "peakBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }
    print(json.dumps(result), flush=True)
