"""LeNet-300-100 in PyTorch on one thread: forward, backward, Adam, the mask multiplied after each step.

Usage: python train_pytorch.py DATA_FOLDER ORDER_FILE fused|default, which of PyTorch's Adams
"""

import itertools
import sys

import torch

from lenet import BETA1, BETA2, EPSILON, RATE, SIZES, answer, batches, stay_on_one_core

stay_on_one_core()
torch.set_num_threads(1)
torch.set_num_interop_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(0)

data = [(torch.from_numpy(x), torch.from_numpy(y)) for x, y in batches(sys.argv[1], sys.argv[2], 100)]
layers = []
for inputs, outputs in zip(SIZES, SIZES[1:]):
    linear = torch.nn.Linear(inputs, outputs)
    torch.nn.init.xavier_normal_(linear.weight)
    torch.nn.init.zeros_(linear.bias)
    layers += [linear, torch.nn.ReLU()]
model = torch.nn.Sequential(*layers[:-1])
weights = [layer.weight for layer in model if isinstance(layer, torch.nn.Linear)]
masks = [torch.ones_like(weight) for weight in weights]
FUSED = True if sys.argv[3] == "fused" else None
optimizer = torch.optim.Adam(model.parameters(), lr=RATE, betas=(BETA1, BETA2), eps=EPSILON, fused=FUSED)
endless = itertools.cycle(data)


def train(steps):
    for _ in range(steps):
        x, y = next(endless)
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            for weight, mask in zip(weights, masks):
                weight.mul_(mask)
    return loss.item()


answer(train)
