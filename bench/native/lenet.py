"""What both native programs share: the batches, the network's sizes, and the way they are asked.

A program answers each line on its standard input, the number of steps to train, with one line of JSON:
{"samples": ..., "milliseconds": ..., "cpu": ..., "loss": ...}, where cpu is the processor time over the wall time, so
that a second thread would show.
"""

import json
import os
import sys
import time
from pathlib import Path

import numpy as np

SIZES = (784, 300, 100, 10)
BATCH = 60
RATE, BETA1, BETA2, EPSILON = 1.2e-3, 0.9, 0.999, 1e-8


def stay_on_one_core():
    """To be called before a library starts its threads: however many it starts, they share one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def batches(data, order, count):
    """The first batches of the order: images (60, 784) as float32 of pixel / 255, labels (60) as int64."""
    images = np.frombuffer(Path(data, "train-images-idx3-ubyte").read_bytes(), np.uint8, offset=16).reshape(-1, 784)
    labels = np.frombuffer(Path(data, "train-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    indices = np.frombuffer(Path(order).read_bytes(), "<u4")[: count * BATCH].reshape(count, BATCH)
    return [(images[rows].astype(np.float32) / np.float32(255), labels[rows].astype(np.int64)) for rows in indices]


def glorot(rng, inputs, outputs):
    """Gaussian Glorot weights (inputs, outputs)."""
    return rng.normal(0, np.sqrt(2 / (inputs + outputs)), (inputs, outputs)).astype(np.float32)


def answer(train):
    """Warms up, says ready, then trains as many steps as each line asks for. `train(steps)` returns the last loss."""
    train(50)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        steps = int(line)
        wall, cpu = time.perf_counter(), time.process_time()
        loss = train(steps)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        answered = {"samples": steps * BATCH, "milliseconds": wall * 1000, "cpu": cpu / wall, "loss": loss}
        print(json.dumps(answered), flush=True)
