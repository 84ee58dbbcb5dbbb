"""scikit-learn as a peer of the benchmark; the protocol is in README.md. Kinds: kmeans, kmeans10, full, tied, diag, spherical."""

import os
import sys
import warnings

kind, folder, name, n, d, k, iterations, threads = sys.argv[1:9]
n, d, k, iterations = int(n), int(d), int(k), int(iterations)
# Settings of the environment that keep OpenBLAS from choosing its fastest code for this machine.
for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(variable, None)
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = threads

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture
from threadpoolctl import threadpool_info

from serveFits import serve

warnings.filterwarnings("ignore")
x = np.fromfile(f"{folder}/{name}.x.f64").reshape(n, d)
centres = np.fromfile(f"{folder}/{name}.centres.f64").reshape(k, d)


def fit_k_means():
    model = KMeans(k, init=centres, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd").fit(x)
    return model.inertia_, model.n_iter_


def fit_k_means_ten_times():
    model = KMeans(k, n_init=10, max_iter=300, tol=1e-4, algorithm="lloyd", random_state=0).fit(x)
    return model.inertia_, model.n_iter_


def fit_mixture():
    covariance = np.cov(x.T, bias=True).reshape(d, d) + 1e-6 * np.eye(d)
    variance = np.diag(covariance)
    precision = {
        "full": lambda: np.repeat(np.linalg.inv(covariance)[None], k, 0),
        "tied": lambda: np.linalg.inv(covariance),
        "diag": lambda: np.repeat((1 / variance)[None], k, 0),
        "spherical": lambda: np.full(k, 1 / variance.mean()),
    }[kind]()
    model = GaussianMixture(
        k,
        covariance_type=kind,
        tol=0,
        reg_covar=1e-6,
        max_iter=iterations,
        # Or it would run a k-means first, whose result it then does not use.
        init_params="random",
        weights_init=np.full(k, 1 / k),
        means_init=centres,
        precisions_init=precision,
        random_state=0,
    ).fit(x)
    return model.lower_bound_, model.n_iter_


fit = {"kmeans": fit_k_means, "kmeans10": fit_k_means_ten_times}.get(kind, fit_mixture)
blas = {info.get("architecture") for info in threadpool_info() if info.get("internal_api") == "openblas"}
serve(f"scikit-learn {sklearn.__version__}, OpenBLAS {', '.join(map(str, blas))}", fit)
