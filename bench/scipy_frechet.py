"""What frechet.sh compares with: statistics by numpy and the distance by scipy's matrix root, as pytorch-fid computes it."""
import sys
import time

import numpy as np
from scipy import linalg

directory, columns = sys.argv[1], int(sys.argv[2])
sets = [np.fromfile(f"{directory}/side-{side}.f32", np.float32).reshape(-1, columns).astype(np.float64) for side in (0, 1)]

begin = time.perf_counter()
mu1, mu2 = (x.mean(axis=0) for x in sets)
sigma1, sigma2 = (np.cov(x, rowvar=False) for x in sets)
root, _ = linalg.sqrtm(sigma1.dot(sigma2), disp=False)
distance = (mu1 - mu2).dot(mu1 - mu2) + np.trace(sigma1) + np.trace(sigma2) - 2 * np.trace(root.real)
print(f"numpy, scipy sqrtm\t{time.perf_counter() - begin:.6f}")
print(f"theirs {distance:.15e}")
