"""Takes the steps of a trace again in PyTorch and says how far it comes out.

    lottery trace --preset paper --steps 300 --out trace.safetensors
    python tests/reference/replay.py trace.safetensors [data/mnist] [--write FILE.json]

Needs torch and numpy. The trace holds θ₀, the images of every batch, the loss of every step and θ_N; PyTorch computes the
same with its own kernels (other orders of summation) in float32 and in float64.

Two correct computations agree to rounding until a ReLU's input lies so near to 0 that rounding decides its sign. Then one
of them has a gradient there and the other has none, and their ways part visibly; the outcome says when, and how near to 0
an input had come. The first DEMANDED steps must agree to AGREE, else the exit code is 1.
"""

import argparse
import gzip
import json
import pathlib
import sys

import numpy as np
import torch

TYPES = {"F32": np.float32, "U32": np.uint32, "U8": np.uint8, "BOOL": np.bool_}
AGREE = 5e-6  # nats
DEMANDED = 50  # steps


def read_safetensors(path):
    blob = pathlib.Path(path).read_bytes()
    length = int.from_bytes(blob[:8], "little")
    header = json.loads(blob[8 : 8 + length])
    notes = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(blob[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
    return notes, tensors


def read_idx(folder, name):
    plain = pathlib.Path(folder) / name
    blob = plain.read_bytes() if plain.exists() else gzip.open(f"{plain}.gz").read()
    dimensions = blob[3]
    shape = [int.from_bytes(blob[4 + 4 * i : 8 + 4 * i], "big") for i in range(dimensions)]
    return np.frombuffer(blob, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def replay(notes, trace, images, labels, dtype):
    config = json.loads(notes["config"])
    assert config["lr_schedule"] == "constant", "this program knows the constant learning rate only"
    layers = sum(1 for name in trace if name.endswith(".weight_init"))
    tensor = lambda name: torch.tensor(trace[name], dtype=dtype, requires_grad=True)
    weights = [tensor(f"fc{i + 1}.weight_init") for i in range(layers)]
    biases = [tensor(f"fc{i + 1}.bias_init") for i in range(layers)]
    parameters = weights + biases
    if config["optimizer"] == "adam":
        optimizer = torch.optim.Adam(parameters, lr=config["lr"], betas=(0.9, 0.999), eps=1e-8)
    else:
        optimizer = torch.optim.SGD(parameters, lr=config["lr"], momentum=config["momentum"])
    losses, nearest = [], []
    for batch in trace["batches"].astype(np.int64):
        x = torch.tensor(images[batch].reshape(len(batch), -1)).to(dtype) / 255
        nearest.append(float("inf"))
        for i in range(layers):
            x = torch.nn.functional.linear(x, weights[i], biases[i])
            if i + 1 < layers:
                nearest[-1] = min(nearest[-1], x.detach().abs().min().item())
                x = torch.relu(x)
        loss = torch.nn.functional.cross_entropy(x, torch.tensor(labels[batch]).long())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    weights = [w.detach().double().numpy() for w in weights]
    return np.array(losses), np.array(nearest), weights


def compare(trace, losses, nearest, weights):
    """How long the losses agree, how well, and what may have parted the ways."""
    off = np.abs(losses - trace["losses"])
    parted = np.flatnonzero(off > AGREE)
    until = int(parted[0]) if len(parted) else len(off)
    outcome = {
        "steps that agree": until,
        "largest difference of a loss in them": float(off[:until].max(initial=0)),
        "ReLU input nearest to 0 in them": float(nearest[:until].min(initial=np.inf)),
    }
    if until < len(off):
        outcome["largest difference of a loss afterwards"] = float(off[until:].max())
    for i, theirs in enumerate(weights):
        start, ours = (trace[f"fc{i + 1}.{name}"].astype(np.float64) for name in ("weight_init", "weight"))
        way = np.linalg.norm(ours - theirs) / np.linalg.norm(ours - start)
        outcome[f"fc{i + 1}: distance of the ends relative to the way they went"] = float(way)
    return outcome


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trace")
    parser.add_argument("data", nargs="?", default="data/mnist")
    parser.add_argument("--write", help="a JSON file for the outcome")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    notes, trace = read_safetensors(arguments.trace)
    images = read_idx(arguments.data, "train-images-idx3-ubyte")
    labels = read_idx(arguments.data, "train-labels-idx1-ubyte")
    outcome = {
        "config": json.loads(notes["config"]),
        "steps": len(trace["losses"]),
        "fingerprint": notes["fingerprint"],
        "torch": torch.__version__,
        "loss": {"first": float(trace["losses"][0]), "last": float(trace["losses"][-1])},
    }
    for dtype in (torch.float32, torch.float64):
        outcome[str(dtype)] = compare(trace, *replay(notes, trace, images, labels, dtype))
    text = json.dumps(outcome, indent=2)
    print(text)
    if arguments.write:
        pathlib.Path(arguments.write).write_text(text + "\n")
    demanded = min(DEMANDED, outcome["steps"])
    if any(outcome[str(dtype)]["steps that agree"] < demanded for dtype in (torch.float32, torch.float64)):
        sys.exit(f"The first {demanded} steps must agree, and do not.")


if __name__ == "__main__":
    main()
