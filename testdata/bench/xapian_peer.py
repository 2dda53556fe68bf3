"""Xapian as a peer of the benchmark.

    xapian_peer.py build DIR    records on standard input: [plan, year, province, type, kind, lead, words, folded words]
    xapian_peer.py ask DIR      questions: [class, words, from, to, counts]

Lines are JSON, and so is what is printed: what building cost, or the times by class in milliseconds and how many were found. Terms are the
words in lower case with their positions, and beside them the folded words with the prefix F. The index is compacted."""
import json
import os
import re
import resource
import sys
import time
import unicodedata

import xapian

WORD = re.compile(r"\w+")
SLOTS = range(1, 6)  # year, province, type, kind, lead


def fold(s):
    s = unicodedata.normalize("NFD", s.lower()).replace("đ", "d")
    return "".join(c for c in s if not unicodedata.combining(c))


def cpu():
    r = resource.getrusage(resource.RUSAGE_SELF)
    return r.ru_utime + r.ru_stime


def build(path):
    db = xapian.WritableDatabase(path + ".new", xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_NO_SYNC)
    used = wall = 0
    for line in sys.stdin:
        row = json.loads(line)
        begin, start = cpu(), time.perf_counter()
        doc = xapian.Document()
        terms = xapian.TermGenerator()
        terms.set_document(doc)
        terms.index_text(row[6])
        terms.index_text_without_positions(row[7], 1, "F")
        for slot, value in enumerate(row[:6]):
            doc.add_value(slot, value)
        db.add_document(doc)
        used, wall = used + cpu() - begin, wall + time.perf_counter() - start
    begin, start = cpu(), time.perf_counter()
    db.commit()
    db.close()
    xapian.Database(path + ".new").compact(path)
    used, wall = used + cpu() - begin, wall + time.perf_counter() - start
    for f in os.listdir(path + ".new"):
        os.remove(os.path.join(path + ".new", f))
    os.rmdir(path + ".new")
    size = sum(os.path.getsize(os.path.join(path, f)) for f in os.listdir(path))
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    print(json.dumps({"CPU": used, "Wall": wall, "Index": size, "Peak": peak * 1024 / 1e6}))


def ask(path):
    db = xapian.Database(path)
    times = {}
    for line in sys.stdin:
        kind, words, lo, hi, counts = json.loads(line)
        begin, used = time.perf_counter(), cpu()
        words = WORD.findall(words.lower())
        if kind == "phrase":
            query = xapian.Query(xapian.Query.OP_PHRASE, words)
        elif kind == "folded query":
            query = xapian.Query(xapian.Query.OP_AND, ["F" + fold(w) for w in words])
        else:
            query = xapian.Query(xapian.Query.OP_AND, words)
        enquire = xapian.Enquire(db)
        slots = [0]  # the plans
        if lo:
            query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(xapian.Query.OP_VALUE_RANGE, 1, lo, hi))
            slots += SLOTS
        spies = [xapian.ValueCountMatchSpy(s) for s in slots]
        for spy in spies:
            enquire.add_matchspy(spy)
        enquire.set_query(query)
        found = enquire.get_mset(0, 10, db.get_doccount())
        for spy in spies[1:]:
            for value in spy.values():
                value.termfreq
        plans = sum(1 for _ in spies[0].values())
        assert plans <= found.get_matches_estimated()
        if counts:
            times.setdefault(kind, []).append({"wall": 1000 * (time.perf_counter() - begin), "cpu": 1000 * (cpu() - used),
                                               "found": found.get_matches_estimated()})
    print(json.dumps(times))


{"build": build, "ask": ask}[sys.argv[1]](sys.argv[2])
