"""What probe.sh compares with: scikit-learn's LogisticRegression on the same features, one fit for every C.

Timed in float32. Where that ends more than 1e-6 (relative) above our objective, newton-cg in float64 goes on from
there, untimed: scipy's L-BFGS-B ends by itself when a step gains less than 2e-9, whatever the tolerance.
"""
import sys
import time
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

directory, columns, layers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(f"{directory}/ours") as lines:
    ours = {tuple(map(float, f[1:3])): float(f[3]) for f in map(str.split, lines) if f[0] == "objective"}
warnings.filterwarnings("ignore")


def objective(model, x, y):
    weights = model.coef_.astype(np.float64)
    scores = x.astype(np.float64) @ weights.T + model.intercept_
    top = scores.max(1)
    normalizer = top + np.log(np.exp(scores - top[:, None]).sum(1))
    return model.C * (normalizer - scores[np.arange(len(y)), y]).sum() + (weights**2).sum() / 2


seconds = 0
for layer in range(layers):
    x = np.fromfile(f"{directory}/layer-{layer}.f32", np.float32).reshape(-1, columns)
    y = np.fromfile(f"{directory}/layer-{layer}.i32", np.int32)
    for c in [1e-4, 1e-3, 1e-2, 1e-1, 1.0, 1e1, 1e2]:
        begin = time.perf_counter()
        # The default tolerance of 1e-4 ends short of 1e-6 relative where C is large.
        model = LogisticRegression(C=c, multi_class="multinomial", tol=1e-5, max_iter=20000).fit(x, y)
        seconds += time.perf_counter() - begin
        value = objective(model, x, y)
        print(f"float32 {layer} {c} {value:.12e} {model.n_iter_[0]}")
        if value > ours[layer, c] * (1 + 1e-6):
            model.set_params(warm_start=True, solver="newton-cg", tol=1e-3).fit(x.astype(np.float64), y)
            print(f"newton-cg {layer} {c} {objective(model, x, y):.12e} {model.n_iter_[0]}")
print(f"scikit-learn\t{seconds:.6f}")
