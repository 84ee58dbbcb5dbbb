"""What every peer in Python does for the benchmark: says when it is ready, then fits once for each line it is sent."""

import json
import resource
import sys
import time


def serve(ready, fit):
    """`fit()` returns the score it reached and its iterations; seconds and bytes are of this process."""
    print(json.dumps({"ready": ready}), flush=True)
    for _ in sys.stdin:
        began, began_cpu = time.perf_counter(), time.process_time()
        score, done = fit()
        result = {
            "seconds": time.perf_counter() - began,
            "cpu": time.process_time() - began_cpu,
            "score": float(score),
            "iterations": int(done),
            "peakBytes": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        }
        print(json.dumps(result), flush=True)
