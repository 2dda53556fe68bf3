"""Indexes the records that come on standard input, answers the questions that follow them, and prints the times as JSON.

Lines: ["r", plan, year, province, type, text] for a record, ["q", class, words, from, to] for a question. The first argument is the
folder of the index. Terms are the lower-case words with their positions, and beside them the folded words with the prefix F."""
import json
import os
import re
import resource
import sys
import time
import unicodedata

import xapian

WORD = re.compile(r"\w+")


def fold(s):
    s = unicodedata.normalize("NFD", s.lower()).replace("đ", "d")
    return "".join(c for c in s if not unicodedata.combining(c))


def cpu():
    r = resource.getrusage(resource.RUSAGE_SELF)
    return r.ru_utime + r.ru_stime


path = sys.argv[1]
db = xapian.WritableDatabase(path, xapian.DB_CREATE_OR_OVERWRITE)
start, size, questions = cpu(), 0, []
for line in sys.stdin:
    row = json.loads(line)
    if row[0] == "q":
        questions.append(row[1:])
        continue
    _, plan, year, province, kind, text = row
    size += len(text.encode())
    doc = xapian.Document()
    for at, word in enumerate(WORD.findall(text.lower())):
        doc.add_posting(word, at)
        doc.add_term("F" + fold(word))
    for slot, value in enumerate((plan, year, province, kind)):
        doc.add_value(slot, value)
    db.add_document(doc)
db.commit()
db.close()
build = cpu() - start
total = sum(os.path.getsize(os.path.join(path, f)) for f in os.listdir(path))
db = xapian.Database(path)
times = {}
for kind, words, lo, hi in questions:
    begin, used = time.perf_counter(), cpu()
    words = WORD.findall(words.lower())
    if kind == "phrase":
        query = xapian.Query(xapian.Query.OP_PHRASE, words)
    elif kind == "folded query":
        query = xapian.Query(xapian.Query.OP_AND, ["F" + fold(w) for w in words])
    else:
        query = xapian.Query(xapian.Query.OP_AND, words)
    enquire = xapian.Enquire(db)
    spies = []
    if lo:
        query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(xapian.Query.OP_VALUE_RANGE, 1, lo, hi))
        spies = [xapian.ValueCountMatchSpy(s) for s in (1, 2, 3)]
        for spy in spies:
            enquire.add_matchspy(spy)
    enquire.set_query(query)
    enquire.get_mset(0, 10, db.get_doccount() if spies else 0)
    times.setdefault(kind, []).append((1000 * (time.perf_counter() - begin), 1000 * (cpu() - used)))
print(json.dumps({"mb_per_cpu": size / 1e6 / build, "ratio": total / size, "times": times}))
