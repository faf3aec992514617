#!/usr/bin/env python3
"""Trains the model of page types on rows written by the Go program.

    python3 pagetype.py ROWS OUT [--trees 60 --depth 4]

For every type an ensemble that knows it from all others, in one file. Prints how
pages of sites that a training never saw come out. Needs what requirements.txt lists.
"""
import argparse, json, os, struct
import numpy as np
import scipy.sparse
import weights
from train import fit, pack


def load(d):
    info = json.load(open(os.path.join(d, "info.json")))
    read = lambda name, t: np.fromfile(os.path.join(d, name), dtype=t)
    n = read("lengths.i32", np.int32).astype(np.int64)
    scale = np.repeat((1 / np.sqrt(np.maximum(1, n))).astype(np.float32), n)
    words = scipy.sparse.csr_matrix((scale, read("tokens.u16", np.uint16).astype(np.int32), np.r_[0, np.cumsum(n)]),
                                    shape=(len(n), 1 << info["bits"]))
    return (info, read("x.u8", np.uint8).reshape(info["rows"], info["columns"]), words, read("y.u8", np.uint8),
            read("w.f32", np.float32), read("fold.u8", np.uint8))


class Lexicon:
    """Weights of words for each type, in a byte each; see clean/internal/pagetype."""

    def __init__(self, words, y, w, types, a):
        fits = [weights.fit(words, (y == t).astype(np.uint8), w, a.alpha, 60) for t in range(types)]
        all_weights = np.array([f[0] for f in fits])
        self.bias = np.array([f[1] for f in fits], dtype=np.float32)
        self.scale = np.float32(np.quantile(np.abs(all_weights[all_weights != 0]), .999) / 127)
        self.weights = np.clip(np.rint(all_weights / self.scale), -127, 127).astype(np.int8)

    def votes(self, words, step):
        odds = self.scale * (words @ self.weights.T.astype(np.float32)) + self.bias
        return np.clip(np.floor(128 + step * odds + .5), 0, 255).astype(np.uint8)

    def pack(self):
        return struct.pack("<f", self.scale) + self.bias.astype("<f4").tobytes() + self.weights.T.tobytes()


def balance(y, w, types, a):
    """Weights by which rare types count nearly as much as frequent ones: else a page
    in doubt is always an article."""
    total = np.array([w[y == t].sum() for t in range(types)])
    return (w * (total.mean() / total[y]) ** a.balance).astype(np.float32)


def choose(types, p, odds=2):
    """The types that the library takes, see choose in clean/internal/pagetype."""
    article, listing = types.index("article"), types.index("listing")
    rest = p.copy()
    rest[:, listing] = 0
    best = rest.argmax(1)
    rest[:, article] = 0
    wins = (p[:, listing] >= p[:, article]) & (rest.max(1) < odds * p[:, listing])
    return np.where(wins, listing, best)


def figures(types, y, p, w):
    """F1 of each type, of pages that weigh something, and their mean."""
    got, f1 = choose(types, p), []
    for k, name in enumerate(types):
        hit = w[(got == k) & (y == k)].sum()
        precision, recall = hit / max(w[got == k].sum(), 1e-9), hit / max(w[y == k].sum(), 1e-9)
        f1.append(2 * precision * recall / max(precision + recall, 1e-9))
        print("  %-14s %5d pages  precision %.3f  recall %.3f  F1 %.3f" % (name, w[y == k].sum(), precision, recall, f1[-1]))
    print("  macro F1 %.4f, right %.4f" % (np.mean(f1), w[got == y].sum() / w.sum()))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("rows")
    p.add_argument("out")
    p.add_argument("--trees", type=int, default=60)
    p.add_argument("--depth", type=int, default=4)
    p.add_argument("--eta", type=float, default=.1)
    p.add_argument("--child", type=float, default=3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--alpha", type=float, default=3e-5, help="pull of the weights of words to 0")
    p.add_argument("--balance", type=float, default=.6, help="0 takes pages as they are, 1 gives all types the same weight")
    p.add_argument("--provenance", default="{}")
    a = p.parse_args()
    a.bag = 1
    info, x, words, y, w, fold = load(a.rows)
    types, folds = info["types"], info["folds"]
    rows = [line.rstrip("\n").split("\t") for line in open(os.path.join(a.rows, "pages.tsv"))]
    use = balance(y, w, len(types), a)
    # What words say of a page is asked of those who never saw its site.
    said = np.zeros((len(y), len(types)), dtype=np.uint8)
    for k in range(folds):
        said[fold == k] = Lexicon(words[fold != k], y[fold != k], use[fold != k], len(types), a).votes(words[fold == k], info["step"])
    x = np.hstack([x, said])
    odds = np.zeros((len(y), len(types)))
    for k in range(folds):
        for t in range(len(types)):
            bag = fit(x[fold != k], (y[fold != k] == t).astype(np.uint8), use[fold != k], a)
            odds[fold == k, t] = bag.margins(x[fold == k])
    prob = 1 / (1 + np.exp(-odds))
    prob /= prob.sum(1, keepdims=True)
    corpus, addressed = np.array([r[0] for r in rows]), np.array([r[3] == "true" for r in rows])
    mixed = corpus == "wcxb-dev"
    for what, these in (("with their addresses", mixed & addressed), ("without", mixed & ~addressed)):
        print("out of fold by site, wcxb-dev,", what)
        figures(types, y, prob, these.astype(float))
    for name in sorted(set(corpus)):
        these = (corpus == name) & addressed & (y == types.index("article"))
        called = choose(types, prob[these]) == types.index("listing")
        print("  articles of %s called listing: %d of %d" % (name, called.sum(), these.sum()))
    np.save(os.path.join(a.rows, "out_of_fold.npy"), prob)
    out, prov = Lexicon(words, y, use, len(types), a).pack(), json.loads(a.provenance)
    for t, name in enumerate(types):
        a.name = "type." + name
        b = pack(fit(x, (y == t).astype(np.uint8), use, a), info, a, dict(prov, rows=int(len(y)), eta=a.eta, seed=a.seed))
        out += struct.pack("<I", len(b)) + b
    with open(a.out, "wb") as f:
        f.write(out)


if __name__ == "__main__":
    main()
