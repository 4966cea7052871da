"""Reads one picture's path a line from stdin, prints its lines of text as JSON: {"ms", "lines": [{"text", "box", "confidence"}]}."""
import json
import logging
import sys
import time

from rapidocr import RapidOCR

logging.disable(logging.CRITICAL)
engine = RapidOCR()
print(json.dumps({"ready": True}), flush=True)
for path in sys.stdin:
    began = time.perf_counter()
    result = engine(path.strip())
    lines = []
    for text, box, score in zip(result.txts or [], result.boxes if result.boxes is not None else [], result.scores or []):
        xs, ys = [point[0] for point in box], [point[1] for point in box]
        lines.append({"text": text, "box": [float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))], "confidence": float(score)})
    print(json.dumps({"ms": (time.perf_counter() - began) * 1000, "lines": lines}), flush=True)
