"""A network with random weights in PyTorch: runs what each line on standard input names, and answers with the seconds.

Usage: network_torch.py small|vgg16 BATCH THREADS. The networks have the shapes of the benchmarks' own. For deletion, in
each of 28 steps the next 28 pixels of every image are set to 0 and all images go through the network as one batch.
"""
import sys
import time

import torch
from torch import nn

name, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(1)

shapes = {
    "small": (1, 28, [16, 16, 0, 32, 32, 0], [128, 10]),
    "vgg16": (3, 224, [64, 64, 0, 128, 128, 0] + 3 * [256] + [0] + 2 * (3 * [512] + [0]), [4096, 4096, 1000]),
}
channels, size, widths, dense = shapes[name]
image = torch.randn(batch, channels, size, size)

layers = []
for width in widths:
    if width == 0:
        layers.append(nn.MaxPool2d(2))
        size //= 2
    else:
        layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
        channels = width
layers.append(nn.Flatten())
features = channels * size * size
for width in dense:
    layers += [nn.Linear(features, width), nn.ReLU()]
    features = width
network = nn.Sequential(*layers[:-1]).eval()
for parameter in network.parameters():
    parameter.requires_grad_(False)


def forward():
    with torch.no_grad():
        network(image)


def gradient():
    x = image.clone().requires_grad_(True)
    torch.autograd.grad(network(x).max(1).values.sum(), x)


def lrp_epsilon():
    """One forward, then x * J'(R / (z + epsilon)) in each linear layer, as zennit does it."""
    inputs, x = [], image
    for layer in network:
        inputs.append(x.detach().requires_grad_(True))
        x = layer(inputs[-1])
        if not isinstance(layer, (nn.Conv2d, nn.Linear, nn.MaxPool2d, nn.Flatten)):
            x = x.detach()
        inputs[-1].output = x
    logits = x.detach()
    relevance = torch.zeros_like(logits)
    best = logits.max(1)
    relevance.scatter_(1, best.indices[:, None], best.values[:, None])
    for layer, x in zip(reversed(network), reversed(inputs)):
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            z = x.output.detach()
            stable = relevance / (z + 1e-6 * (2 * (z >= 0) - 1))
            relevance = torch.autograd.grad(x.output, x, stable)[0] * x.detach()
        elif isinstance(layer, (nn.MaxPool2d, nn.Flatten)):
            relevance = torch.autograd.grad(x.output, x, relevance)[0]
        del x.output


def deletion():
    with torch.no_grad():
        order = torch.randn(batch, image[0].numel()).argsort(1, descending=True)
        classes = network(image).argmax(1)
        changed = image.clone().reshape(batch, -1)
        for step in range(29):
            if step > 0:
                changed.scatter_(1, order[:, 28 * (step - 1) : 28 * step], 0.0)
            probabilities = network(changed.reshape(image.shape)).softmax(1)
            probabilities.gather(1, classes[:, None])


works = {"forward": forward, "gradient": gradient, "lrp-epsilon": lrp_epsilon, "deletion": deletion}
for line in sys.stdin:
    begin = time.perf_counter()
    works[line.strip()]()
    print(time.perf_counter() - begin, flush=True)
