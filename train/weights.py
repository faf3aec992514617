#!/usr/bin/env python3
"""Trains the table of weights of hashed words that the piece model looks at.

    python3 weights.py TOKENS OUT [--folds]

TOKENS is the folder that "pieces tokens" wrote; OUT is the file of the table. With
--folds, the tables that never saw fold k are written, too, as OUT.fold<k>. The model is
a logistic regression over the tokens of a piece, whose number is divided out by its
root; weights are kept in a byte each. See clean/internal/piece.
"""
import argparse, json, multiprocessing, os, struct
import numpy as np
import scipy.optimize, scipy.sparse


def load(d):
    info = json.load(open(os.path.join(d, "info.json")))
    read = lambda name, t: np.fromfile(os.path.join(d, name), dtype=t)
    n = read("lengths.i32", np.int32).astype(np.int64)
    ptr = np.r_[0, np.cumsum(n)]
    scale = np.repeat((1 / np.sqrt(np.maximum(1, n))).astype(np.float32), n)
    x = scipy.sparse.csr_matrix((scale, read("tokens.u32", np.uint32).astype(np.int32), ptr), shape=(len(n), 1 << info["bits"]))
    x.sum_duplicates()
    return info, x, read("y.u8", np.uint8), read("w.f32", np.float32), read("fold.u8", np.uint8)


def fit(x, y, w, alpha, steps):
    """Weights and bias that make the data likely, pulled to 0 by alpha."""
    t = w > 0
    x, y, w = x[t], y[t].astype(np.float64) * 2 - 1, w[t].astype(np.float64)
    w /= w.sum()
    xt = x.T.tocsr()

    def loss(p):
        z = y * (x @ p[:-1].astype(np.float32) + p[-1])
        value = (w * np.logaddexp(0, -z)).sum() + alpha / 2 * (p[:-1] ** 2).sum()
        g = -w * y / (1 + np.exp(z))
        return value, np.r_[xt @ g + alpha * p[:-1], g.sum()]

    r = scipy.optimize.minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options=dict(maxiter=steps, maxcor=10))
    return r.x[:-1], r.x[-1]


def pack(weights, bias, bits):
    """Magic, bits, scale of a weight, bias, weights; the few largest are cut off."""
    scale = np.quantile(np.abs(weights[weights != 0]), .9999) / 127
    q = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
    return b"WNWEIGH1" + struct.pack("<Iff", bits, scale, bias) + q.tobytes()


def share(*data):
    fit_fold.data = data


def fit_fold(k):
    x, y, w, fold, a = fit_fold.data
    weights, bias = fit(x[fold != k], y[fold != k], w[fold != k], a.alpha, a.steps)
    t = (fold == k) & (w > 0)
    p = 1 / (1 + np.exp(-(x[t] @ weights + bias)))
    ll = -(w[t] * np.log(np.clip(np.where(y[t] == 1, p, 1 - p), 1e-6, 1))).sum() / w[t].sum()
    return k, weights, bias, ll


def main():
    p = argparse.ArgumentParser()
    p.add_argument("tokens")
    p.add_argument("out")
    p.add_argument("--alpha", type=float, default=1e-6)
    p.add_argument("--steps", type=int, default=80)
    p.add_argument("--processes", type=int, default=2)
    p.add_argument("--folds", action="store_true")
    a = p.parse_args()
    info, x, y, w, fold = load(a.tokens)
    if a.folds:
        with multiprocessing.get_context("fork").Pool(a.processes, share, (x, y, w, fold, a), 1) as pool:
            for k, weights, bias, ll in pool.imap_unordered(fit_fold, range(info["folds"])):
                open("%s.fold%d" % (a.out, k), "wb").write(pack(weights, bias, info["bits"]))
                print("fold %d: log loss %.4f" % (k, ll))
    weights, bias = fit(x, y, w, a.alpha, a.steps)
    open(a.out, "wb").write(pack(weights, bias, info["bits"]))


if __name__ == "__main__":
    main()
