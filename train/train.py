#!/usr/bin/env python3
"""Trains tree ensembles on rows written by the Go programs beside it.

    python3 train.py ROWS OUT --name block [--trees 120 --depth 6] [--folds]
    python3 train.py --stamp OUT --provenance '{"commit": ...}'

ROWS is a folder of rows; OUT is the model file, to whose header the second form
adds what is known only later, such as figures. With --folds, the models that
never saw fold k are written, too, as OUT.fold<k>: out-of-fold figures are
measured with them. Needs what requirements.txt lists.
"""
import argparse, json, multiprocessing, os, struct
import numpy as np
import xgboost as xgb


def load(d):
    info = json.load(open(os.path.join(d, "info.json")))
    n, f = info["rows"], len(info["features"])
    read = lambda name, t: np.fromfile(os.path.join(d, name), dtype=t)
    return (info, read("x.u8", np.uint8).reshape(n, f), read("y.u8", np.uint8),
            read("w.f32", np.float32), read("fold.u8", np.uint8), read("page.i32", np.int32))


def cap(w, page, most, made):
    """Weights of which at most so many a page are not 0, a third of that of pages made of
    others; the others stand for all."""
    if not most:
        return w
    rng, out = np.random.RandomState(0), np.zeros_like(w)
    start = np.flatnonzero(np.r_[True, page[1:] != page[:-1]])
    for a, b in zip(start, np.r_[start[1:], len(page)]):
        rows, n = np.arange(a, b), most // 3 if made[page[a]] else most
        if b - a > n:
            rows = rng.choice(rows, n, replace=False)
        out[rows] = w[rows] * (w[a:b].sum() / w[rows].sum())
    return out


def trust(p, y, words, page, full, of):
    """How far a page's labels are to be believed: pages whose blocks the model of
    other sites tells apart with confidence, and yet gets wrong, mostly have a
    gold text that stops early or leaves sections out. 1 down to .05, by row. What is
    made of a page is trusted as that."""
    out, trusted = np.ones(len(p)), {}
    start = np.flatnonzero(np.r_[True, page[1:] != page[:-1]])
    for a, b in zip(start, np.r_[start[1:], len(page)]):
        if of[page[a]] >= 0:
            out[a:b] = trusted.get(of[page[a]], 1)
        if of[page[a]] >= 0 or not full[page[a]]:
            continue
        order = np.argsort(-p[a:b], kind="stable") + a
        n, pn, yn = words[order], (words * p)[order], (words * y)[order]
        expected = 2 * np.cumsum(pn) / (np.cumsum(n) + pn.sum() + 1e-9)
        best = int(np.argmax(expected))
        got = 2 * yn[:best + 1].sum() / (n[:best + 1].sum() + yn.sum() + 1e-9)
        out[a:b] = trusted[page[a]] = 1 - np.clip(1.5 * (expected[best] - got - .1), 0, .95)
    return out


class Bag:
    """The mean log-odds of some boosted ensembles that differ in their seeds."""

    def __init__(self, boosters):
        self.boosters = boosters

    def margins(self, x):
        m = xgb.DMatrix(x)
        return sum(b.predict(m, output_margin=True).astype(np.float64) for b in self.boosters) / len(self.boosters)

    def trees(self):
        """The trees, of every ensemble one in turn: the first of them are the
        first of all ensembles."""
        return [t for turn in zip(*(b.get_dump(dump_format="json", with_stats=True) for b in self.boosters)) for t in turn]


def boost(x, y, w, a, seeds):
    rows = xgb.QuantileDMatrix(x, label=y, weight=w / w.mean(), nthread=a.threads)
    params = dict(objective="binary:logistic", tree_method="hist", max_bin=256, max_depth=a.depth,
                  eta=a.eta, subsample=.6, colsample_bytree=.4, nthread=a.threads,
                  min_child_weight=a.child, reg_lambda=1.0, base_score=.5)
    return Bag([xgb.train(dict(params, seed=s), rows, a.trees) for s in seeds])


def fit(x, y, w, a, teachers=0):
    """With teachers, the model learns what the mean of so many others, which
    differ in their seeds, says of these rows, in place of their labels (Bucila, Caruana and
    Niculescu-Mizil, Model Compression, KDD 2006): of the size of one, it keeps most
    of what the mean has ahead of it, and depends less on its seed."""
    t = w > 0
    x, y, w = x[t], y[t], w[t]
    if teachers:
        first = (a.seed - 1) * teachers + 1
        y = probability(boost(x, y, w, a, range(first, first + teachers)).margins(x)).astype(np.float32)
    return boost(x, y, w, a, range(a.seed * a.bag, (a.seed + 1) * a.bag))


def probability(margins):
    return 1 / (1 + np.exp(-margins))


def share(*data):
    fit_fold.data = data


def fit_fold(k):
    x, y, w, fold, a, teachers = fit_fold.data
    bag = fit(x[fold != k], y[fold != k], w[fold != k], a, teachers)
    return k, [b.save_raw() for b in bag.boosters], None if k == EVERY else probability(bag.margins(x[fold == k]))


EVERY = -1  # no fold is left out


def fit_folds(x, y, w, fold, which, a, teachers=0):
    """Models by the fold that they never saw, and the probabilities they give it.
    Every training has a new process: one that is forked after xgboost was used in
    this one waits for threads that it does not have."""
    models, p = {}, np.zeros(len(y))
    with multiprocessing.get_context("spawn").Pool(a.processes, share, (x, y, w, fold, a, teachers), 1) as pool:
        for k, raw, pk in pool.imap_unordered(fit_fold, which):
            models[k] = Bag([xgb.Booster(model_file=bytearray(r)) for r in raw])
            if k != EVERY:
                p[fold == k] = pk
    return models, p


def pack(bag, info, a, provenance):
    """Perfect trees in heap order; see clean/internal/model."""
    size = 1 << a.depth
    nodes, leaves, shares = [], [], []
    for dump in bag.trees():
        root = json.loads(dump)
        ns, ls, ss = [0] * size, [0.0] * size, [0] * size

        def put(node, k, level):
            if level == a.depth:
                ls[k - size] = node["leaf"] / a.bag
                return
            if "leaf" in node:  # pad: whichever way a row goes, it gets this leaf
                put(node, 2 * k, level + 1)
                put(node, 2 * k + 1, level + 1)
                return
            feature = int(node["split"][1:])
            threshold = int(np.ceil(node["split_condition"]))
            assert 1 <= threshold <= 255 and feature < 256
            ns[k] = feature << 8 | threshold
            kids = {c["nodeid"]: c for c in node["children"]}
            ss[k] = round(255 * kids[node["no"]]["cover"] / max(node["cover"], 1e-9))
            put(kids[node["yes"]], 2 * k, level + 1)
            put(kids[node["no"]], 2 * k + 1, level + 1)

        put(root, 1, 0)
        nodes += ns
        leaves += ls
        shares += ss
    header = json.dumps(dict(name=a.name, trees=a.trees * a.bag, depth=a.depth, features=info["features"], base=0.0,
                             provenance=provenance), separators=(",", ":")).encode()
    return (b"WNTREES1" + struct.pack("<I", len(header)) + header
            + struct.pack("<%dH" % len(nodes), *nodes) + struct.pack("<%df" % len(leaves), *leaves)
            + bytes(min(max(s, 0), 255) for s in shares))


def stamp(path, provenance):
    """Adds to what the header of a model file says of its origin."""
    b = open(path, "rb").read()
    n, = struct.unpack_from("<I", b, 8)
    header = json.loads(b[12:12 + n])
    header["provenance"].update(provenance)
    text = json.dumps(header, separators=(",", ":")).encode()
    open(path, "wb").write(b[:8] + struct.pack("<I", len(text)) + text + b[12 + n:])


def write_check(path, bag, x, n=100):
    """Rows with the trainer's own log-odds, for the test of the Go inference."""
    rows = x[np.random.RandomState(1).choice(len(x), n, replace=False)]
    margins = bag.margins(rows).astype("<f4")
    open(path, "wb").write(struct.pack("<I", n) + rows.tobytes() + margins.tobytes())


def main():
    p = argparse.ArgumentParser()
    p.add_argument("rows", nargs="?")
    p.add_argument("out", nargs="?")
    p.add_argument("--stamp", metavar="OUT")
    p.add_argument("--name", default="block")
    p.add_argument("--trees", type=int, default=120, help="of one ensemble")
    p.add_argument("--bag", type=int, default=1, help="ensembles of different seeds, whose mean is the model")
    p.add_argument("--teachers", type=int, default=0, help="ensembles whose mean is what the model learns, in place of the labels")
    p.add_argument("--depth", type=int, default=6)
    p.add_argument("--eta", type=float, default=.12)
    p.add_argument("--child", type=float, default=5)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=1, help="of one training")
    p.add_argument("--processes", type=int, default=2, help="trainings at a time")
    p.add_argument("--cap", type=int, default=0, help="rows of a page that are used, at random; 0 is all")
    p.add_argument("--trust", action="store_true", help="train twice, the second time with less weight on pages whose labels look wrong")
    p.add_argument("--folds", action="store_true")
    p.add_argument("--only-folds", action="store_true")
    p.add_argument("--provenance", default="{}")
    a = p.parse_args()
    prov = json.loads(a.provenance)
    if a.stamp:
        return stamp(a.stamp, prov)
    info, x, y, w, fold, page = load(a.rows)
    prov.update(rows=int(len(y)), pages=int(len(np.unique(page))), xgboost=xgb.__version__, numpy=np.__version__, seed=a.seed, eta=a.eta, bag=a.bag, teachers=a.teachers)
    pages = [json.loads(line) for line in open(os.path.join(a.rows, "pages.jsonl"))] if a.cap or a.trust else []
    of = [p["of"] for p in pages]
    use = cap(w, page, a.cap, [n >= 0 for n in of])
    folds = list(range(info["folds"]))
    if a.trust:
        words = np.fromfile(os.path.join(a.rows, "words.f32"), dtype=np.float32)
        quick = argparse.Namespace(**dict(vars(a), trees=max(a.trees // 4, 1), eta=4 * a.eta))
        _, p_all = fit_folds(x, y, use, fold, folds, quick)
        t = trust(p_all, y, words, page, [p["full"] for p in pages], of)
        print("trust: %d of %d pages below one half" % (len(np.unique(page[t < .5])), len(np.unique(page))))
        use = use * t
    which = ([] if a.only_folds else [EVERY]) + (folds if a.folds or a.only_folds else [])
    models, p_all = fit_folds(x, y, use, fold, which, a, a.teachers)
    if a.folds or a.only_folds:
        for k in folds:
            open("%s.fold%d" % (a.out, k), "wb").write(pack(models[k], info, a, prov))
        ll = -np.log(np.clip(np.where(y == 1, p_all, 1 - p_all), 1e-6, 1))
        print("out of fold: log loss %.4f, weighted %.4f, error %.4f" % (ll.mean(), (ll * w).sum() / w.sum(), ((p_all > .5) != y).mean()))
        np.save(os.path.join(a.rows, "oof.npy"), p_all)
    if not a.only_folds:
        open(a.out, "wb").write(pack(models[EVERY], info, a, prov))
        write_check(a.out + ".check", models[EVERY], x)
        print("model:", os.path.getsize(a.out), "bytes")


if __name__ == "__main__":
    main()
