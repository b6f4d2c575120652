"""LeNet-300-100 in JAX on one CPU thread: one jitted step of forward, backward, Adam and the mask.

Usage: python train_jax.py DATA_FOLDER ORDER_FILE
"""

import itertools
import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

from lenet import BETA1, BETA2, EPSILON, RATE, SIZES, answer, batches, glorot, stay_on_one_core

stay_on_one_core()

import jax
import jax.numpy as jnp
import numpy as np

data = [(jnp.asarray(x), jnp.asarray(y, jnp.int32)) for x, y in batches(sys.argv[1], sys.argv[2], 100)]
rng = np.random.default_rng(0)
params = [
    {"w": jnp.asarray(glorot(rng, inputs, outputs)), "b": jnp.zeros(outputs)} for inputs, outputs in zip(SIZES, SIZES[1:])
]
masks = jax.tree.map(jnp.ones_like, params)
zeros = jax.tree.map(jnp.zeros_like, params)
state = {"params": params, "m": zeros, "v": jax.tree.map(jnp.copy, zeros), "t": jnp.float32(0)}
endless = itertools.cycle(data)


def loss_of(params, x, y):
    for layer in params[:-1]:
        x = jax.nn.relu(x @ layer["w"] + layer["b"])
    logits = x @ params[-1]["w"] + params[-1]["b"]
    return -jnp.mean(jax.nn.log_softmax(logits)[jnp.arange(len(y)), y])


def step(state, masks, x, y):
    loss, gradients = jax.value_and_grad(loss_of)(state["params"], x, y)
    t = state["t"] + 1
    m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, state["m"], gradients)
    v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, state["v"], gradients)
    alpha, correction = RATE / (1 - BETA1**t), 1 / jnp.sqrt(1 - BETA2**t)
    params = jax.tree.map(
        lambda p, m, v, mask: (p - alpha * m / (jnp.sqrt(v) * correction + EPSILON)) * mask, state["params"], m, v, masks
    )
    return {"params": params, "m": m, "v": v, "t": t}, loss


# The old state's memory is the new state's: nothing is copied that need not be.
step = jax.jit(step, donate_argnums=0)


def train(steps):
    global state
    for _ in range(steps):
        x, y = next(endless)
        state, loss = step(state, masks, x, y)
    jax.block_until_ready(state)
    return float(loss)


answer(train)
