#!/usr/bin/env python3
"""Twenty Adam steps of a masked MLP in PyTorch, for tests/reference.rs.

    python tests/reference/adam20.py > tests/reference/adam20.json

Needs torch and numpy. The network is 20-14-12-10 with ReLU, a mask on its
weights that is multiplied in after every step, softmax cross-entropy, Adam
with lr 0.0012, batches of 15, inputs byte / 255. Weights are written (inputs,
outputs), as the engine keeps them; PyTorch's own are (outputs, inputs).
"""
import json

import numpy
import torch

SIZES, BATCH, STEPS, IMAGES, LR = [20, 14, 12, 10], 15, 20, 60, 0.0012

rng = numpy.random.default_rng(20190304)
pixels = rng.integers(0, 256, (IMAGES, SIZES[0])) * (rng.random((IMAGES, SIZES[0])) < 0.5)
labels = rng.integers(0, 10, IMAGES)
batches = [rng.permutation(IMAGES)[:BATCH] for _ in range(STEPS)]
weights = [
    rng.normal(0, (2 / (a + b)) ** 0.5, (a, b)).astype(numpy.float32)
    for a, b in zip(SIZES, SIZES[1:])
]
masks = [rng.random(w.shape) < 0.6 for w in weights]


def run(masked):
    layers = [torch.nn.Linear(a, b) for a, b in zip(SIZES, SIZES[1:])]
    keep = [torch.tensor((m if masked else numpy.ones_like(m)).T.astype(numpy.float32)) for m in masks]
    with torch.no_grad():
        for layer, weight, mask in zip(layers, weights, keep):
            layer.weight.copy_(torch.tensor(weight.T) * mask)
            layer.bias.zero_()
    modules = [layers[0]]
    for layer in layers[1:]:
        modules += [torch.nn.ReLU(), layer]
    net = torch.nn.Sequential(*modules)
    optimiser = torch.optim.Adam(net.parameters(), lr=LR)
    losses = []
    for batch in batches:
        x = torch.tensor(pixels[batch] / 255.0, dtype=torch.float32)
        loss = torch.nn.functional.cross_entropy(net(x), torch.tensor(labels[batch]))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        with torch.no_grad():
            for layer, mask in zip(layers, keep):
                layer.weight.mul_(mask)
        losses.append(loss.item())
    return {
        "losses": losses,
        "weights": [layer.weight.detach().numpy().T.flatten().tolist() for layer in layers],
        "biases": [layer.bias.detach().numpy().tolist() for layer in layers],
    }


print(
    json.dumps(
        {
            "made_by": f"PyTorch {torch.__version__.split('+')[0]}",
            "sizes": SIZES,
            "lr": LR,
            "pixels": pixels.flatten().tolist(),
            "labels": labels.tolist(),
            "batches": [batch.tolist() for batch in batches],
            "start": [w.flatten().tolist() for w in weights],
            "masks": [m.flatten().astype(int).tolist() for m in masks],
            "dense": run(masked=False),
            "masked": run(masked=True),
        }
    )
)
